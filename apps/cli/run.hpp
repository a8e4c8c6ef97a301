#pragma once

#include <tusker/cli/command_set.hpp>
#include <tusker/cli/registered_types.hpp>
#include <tusker/cli/sample_config.hpp>
#include <tusker/config/named_functions.hpp>

#include <string>
#include <vector>

namespace tusker::cli {

/// What makes a program of the command line.
struct program_setup {
  std::string name;
  std::string description;
  /// For the end of its help: one command a line. May be empty.
  std::string examples = {};
  /// Its aggregates, projections and sagas; a program without them looks at what is stored as it is stored.
  registered_types types = {};
  /// Its own commands, which its help names first.
  std::vector<command_declaration> commands = {};
  /// What its config may name by `@go`.
  named_functions functions = {};
  /// What its sample config says.
  sample_config sample = {};
};

/// A program that has its own commands and every operator's verb with its own types. Returns what to exit with.
///
///   auto main(int argc, char** argv) -> int {
///     tusker::cli::program_setup setup{.name = "bank", .description = "Accounts"};
///     setup.types.add<account>().add_projection<balances>();
///     return tusker::cli::run(argc, argv, setup);
///   }
[[nodiscard]] auto run(int argc, const char* const* argv, const program_setup& setup) -> int;

} // namespace tusker::cli
