#pragma once

#include <tusker/config/config_operators.hpp>
#include <tusker/config/config_problems.hpp>
#include <tusker/config/given_options.hpp>

#include <CLI/CLI.hpp>
#include <tl/expected.hpp>

#include <memory>
#include <string>
#include <vector>

namespace tusker::cli {

/// What the command line says of the config.
struct config_choice {
  std::string file;              ///< `--config`.
  std::vector<std::string> sets; ///< `--set KEY=VALUE`, each.
};

/// Names the config file when the command line does not.
inline constexpr auto config_variable = "TUSKER_CONFIG";

/// Declares `--config` and `--set` on a command. `choice` must outlive the parsing.
void add_config_options(CLI::App& command, config_choice& choice);

/// What a user gave to a command that was parsed: the file that `choice` or the environment names, the environment, and
/// the flags that the command has for options. The problem is the file's, or that of a `--set` that is none.
[[nodiscard]] auto gather_options(const CLI::App& command, const config_choice& choice,
                                  const environment_reader& environment)
    -> tl::expected<std::unique_ptr<given_options>, config_problem>;

} // namespace tusker::cli
