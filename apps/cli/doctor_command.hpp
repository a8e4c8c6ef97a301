#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

namespace tusker::cli {

/// `doctor`: how a journal's folder is as a whole, and what to do next. JSON: one object with `verdict`
/// (`sound`, `in_use`, `damaged`, `nothing_here`), `cause`, `advice`, `owner` (`state`, `process`), `alarm`, `files`
/// (an array with `name`, `present`, `mode`, `bytes`, `problem`), `data_bytes`, `map_bytes`, `disk_free_bytes`, and
/// `verification`: the object of `verify_json`, or null where there is nothing to verify.
/// Ends with `ok` when it is sound or in use, with `failed` when it is damaged, with `not_found` when nothing is here.
[[nodiscard]] auto run_doctor(const data_options& options) -> exit_status;

} // namespace tusker::cli
