#pragma once

#include <tusker/model/result.hpp>

#include <CLI/CLI.hpp>

#include <string>

namespace tusker::cli {

/// What was said beforehand about something that cannot be undone.
struct consent {
  bool is_dry = false;   ///< `--dry-run`: only say what would be done.
  bool is_given = false; ///< `--yes`: do it without asking.
};

/// Declares `--dry-run`. `options` must outlive the parsing.
void add_dry_run_option(CLI::App& command, consent& options);

/// Declares `--dry-run` and `--yes`.
void add_consent_options(CLI::App& command, consent& options);

/// Makes sure that somebody wants it: it was said beforehand, or a person at the terminal is asked on standard error
/// and says yes. `what` is a sentence about what will be gone. Errors: `cli_errc::declined` when he does not;
/// `cli_errc::usage` when nobody can be asked.
[[nodiscard]] auto obtain_consent(const std::string& what, const consent& given) -> result<void>;

} // namespace tusker::cli
