#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

namespace tusker::cli {

/// `journal info`: what a journal is and holds. JSON: one object with `engine`, `format`, `uuid`, `shards`,
/// `streams`, `events`, `last_position` (an array with `log` and `offset` of each log), and of the storage
/// `used_bytes`, `map_bytes`, `readers`, `readers_max`, `oldest_reader_commits`.
[[nodiscard]] auto run_journal_info(const data_options& options) -> exit_status;

} // namespace tusker::cli
