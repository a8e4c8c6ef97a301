#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

namespace tusker::cli {

/// `doctor`: how a journal's folder is as a whole, its read store included, and what to do next. JSON: one object with
/// `verdict` (`sound`, `in_use`, `damaged`, `nothing_here`), `cause`, `advice`, `owner` (`state`, `process`), `alarm`,
/// `files` (an array with `name`, `present`, `mode`, `bytes`, `problem`), `data_bytes`, `map_bytes`, `disk_free_bytes`,
/// `verification`: the object of `verify_json`, or null where there is nothing to verify; and `read_store`: an object
/// with its own `verdict`, `cause`, `advice`, `owner`, `alarm`, `verification`.
/// Ends with `ok` when both are sound or in use, with `failed` when one is damaged, with `not_found` when nothing is
/// here.
[[nodiscard]] auto run_doctor(const data_options& options) -> exit_status;

} // namespace tusker::cli
