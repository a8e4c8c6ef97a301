#pragma once

#include <tusker/cli/exit_status.hpp>

#include <CLI/CLI.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tusker::cli {

/// The commands of a program, each with what it does.
class command_set {
public:
  using action = std::function<exit_status()>;

  /// REQUIRES: `program` outlives this.
  explicit command_set(CLI::App& program) : program_(program) {}

  [[nodiscard]] auto program() -> CLI::App& { return program_; }

  /// A word that stands before several commands, such as `stream`; the same one when it is asked for again.
  [[nodiscard]] auto group(const std::string& name, const std::string& description) -> CLI::App&;

  /// A command in the program or in a group: `run` is called when it is what the command line says. `notes` stand at
  /// the end of its help, before the exit statuses.
  auto add(CLI::App& parent, const std::string& name, const std::string& description, action run,
           const std::string& notes = "") -> CLI::App&;

  /// Does what the command line says. REQUIRES: it was read, and is right.
  [[nodiscard]] auto run_parsed() const -> exit_status;

private:
  struct entry {
    const CLI::App* command;
    action run;
  };

  CLI::App& program_;
  std::map<std::string, CLI::App*> groups_;
  std::vector<entry> entries_;
};

/// Adds a program's own commands to those that it has.
using command_declaration = std::function<void(command_set&)>;

/// For options that are whole numbers from `least` on: nothing else, so that neither -1 nor a number past 64 bits is
/// taken for a very large one.
[[nodiscard]] auto whole_number(std::uint64_t least) -> CLI::Validator;
/// For options that count from one.
[[nodiscard]] auto at_least_one() -> CLI::Validator;

} // namespace tusker::cli
