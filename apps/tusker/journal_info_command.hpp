#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

namespace tusker::tool {

/// `tusker journal info`: what a journal is and holds. JSON: one object with `engine`, `format`, `uuid`, `shards`,
/// `streams`, `events`, and `last_position`: an array with `log` and `offset` of each log.
[[nodiscard]] auto run_journal_info(const cli::data_options& options) -> cli::exit_status;

} // namespace tusker::tool
