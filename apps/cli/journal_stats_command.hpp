#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/persistence/journal_census.hpp>

#include <string>

namespace tusker::cli {

/// `journal stats`: where a journal's bytes are, who reads it, and what its events are. JSON: the object of
/// `census_json`.
[[nodiscard]] auto run_journal_stats(const data_options& options) -> exit_status;

/// One line: `uuid`, `format`, `shards`, `streams`, `events`, `head`, `first_event`, `last_event` (null where there are
/// none), `file_bytes`, `page_bytes`, `pages`, `free_pages`, `map_bytes`, `map_use`, `readers`, `readers_max`,
/// `oldest_reader_commits`, `gone` (`events`, `bytes`: of those that no reader is shown), `tables` (an array with
/// `name`, `entries`, `pages`, `bytes`), `types` and `categories` (arrays with `name`, `events`, `bytes`).
[[nodiscard]] auto census_json(const journal_census& census) -> std::string;

} // namespace tusker::cli
