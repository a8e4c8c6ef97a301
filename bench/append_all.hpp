#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/journal.hpp>

#include <vector>

namespace tusker::bench {

/// Appends items of which none may be refused. Errors: those of `journal::append`; `cli_errc::unexpected` when one was.
[[nodiscard]] auto append_all(journal& into, const std::vector<append_item>& items) -> result<void>;

} // namespace tusker::bench
