#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <string>

namespace tusker::cli {

/// That the journal knows the subscriber; no name is any. Errors: `cli_errc::not_found` with the nearest name; those of
/// `list_subscribers`.
[[nodiscard]] auto check_subscriber(const journal_reader& journal, const std::string& name) -> result<void>;

} // namespace tusker::cli
