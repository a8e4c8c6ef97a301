#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <string>
#include <vector>

namespace tusker::cli {

/// Prints all topics that were published to, and all subscribers with where they are; `--json` an object a line.
[[nodiscard]] auto run_topic_ls(const data_options& options) -> exit_status;

/// Prints all subscribers alone, in the same way.
[[nodiscard]] auto run_subscriber_ls(const data_options& options) -> exit_status;

/// The same for one. Errors: `cli_errc::not_found` with the nearest name.
[[nodiscard]] auto print_subscriber(const std::string& name, const data_options& options) -> result<void>;

/// The topics that were published to, a line of JSON each. Errors: those of the reader.
[[nodiscard]] auto topics_json(const journal_reader& journal) -> result<std::vector<std::string>>;

} // namespace tusker::cli
