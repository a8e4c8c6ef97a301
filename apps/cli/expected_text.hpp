#pragma once

#include <tusker/model/expected_version.hpp>
#include <tusker/model/result.hpp>

#include <string_view>

namespace tusker::cli {

/// Reads what `to_string(expected_version)` writes: `any`, `no_stream`, `stream_exists` or a version.
/// Errors: `cli_errc::usage`.
[[nodiscard]] auto parse_expected(std::string_view text) -> result<expected_version>;

} // namespace tusker::cli
