#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <string>

namespace tusker::cli {

/// `journal info`: what a journal is and holds. JSON: one object with `engine`, `format`, `uuid`, `shards`,
/// `streams`, `events`, `last_position` (an array with `log` and `offset` of each log), and of the storage
/// `used_bytes`, `map_bytes`, `readers`, `readers_max`, `oldest_reader_commits`.
[[nodiscard]] auto run_journal_info(const data_options& options) -> exit_status;

/// The object of `journal info --json`, as a line. Errors: those of the reader.
[[nodiscard]] auto journal_info_json(const journal_reader& journal) -> result<std::string>;

} // namespace tusker::cli
