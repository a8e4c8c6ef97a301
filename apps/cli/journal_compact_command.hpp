#pragma once

#include <tusker/cli/consent.hpp>
#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

namespace tusker::cli {

/// `journal compact`: makes the data file as small as what it holds, while nobody has the journal open. JSON: `head`,
/// `bytes_before`, `bytes_after`, `events_emptied`; of a trial `bytes`, `free_bytes`, `events_gone`,
/// `events_gone_bytes`.
[[nodiscard]] auto run_journal_compact(const consent& agreed, const data_options& options) -> exit_status;

} // namespace tusker::cli
