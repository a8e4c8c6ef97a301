#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/persistence/verify_report.hpp>

#include <cstddef>
#include <string>

namespace tusker::cli {

struct journal_verify_options {
  std::size_t faults_max = 100; ///< Faults that are told; the rest is counted.
};

/// `journal verify`: looks at every page and entry of a journal, in a child process, also while a program
/// writes to it. JSON: the object of `verify_json`. Ends with `failed` when there are faults.
[[nodiscard]] auto run_journal_verify(const journal_verify_options& wanted, const data_options& options)
    -> exit_status;

/// A report as JSON: `clean`, `format`, `uuid`, `head`, `log_commits` (that
/// stand in the commit log alone), `tables` (an array with `name`, `entries`, `pages`),
/// `free_pages`, `lost_pages`, `faults` (an array with `table`, `place`, `what`), `faults_more`, `seconds`.
[[nodiscard]] auto verify_json(const verify_report& report) -> std::string;

/// A report as a table and a line for each fault.
[[nodiscard]] auto verify_text(const verify_report& report) -> std::string;

} // namespace tusker::cli
