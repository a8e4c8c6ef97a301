#pragma once

#include <tusker/cli/config_choice.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/program_wiring.hpp>

#include <CLI/CLI.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tusker::cli {

/// The commands of a program, each with what it does.
class command_set {
public:
  using action = std::function<exit_status()>;

  /// The program has `types`, until a config says otherwise. REQUIRES: `program` outlives this.
  explicit command_set(CLI::App& program, registered_types types = {}) : program_(program) {
    wiring_.types = std::move(types);
  }
  command_set(const command_set&) = delete;
  auto operator=(const command_set&) -> command_set& = delete;
  ~command_set() = default;

  [[nodiscard]] auto program() -> CLI::App& { return program_; }

  /// A word that stands before several commands, such as `stream`; the same one when it is asked for again.
  [[nodiscard]] auto group(const std::string& name, const std::string& description) -> CLI::App&;

  /// A command in the program or in a group: `run` is called when it is what the command line says. `notes` stand at
  /// the end of its help, before the exit statuses.
  auto add(CLI::App& parent, const std::string& name, const std::string& description, action run,
           const std::string& notes = "") -> CLI::App&;

  /// The same for a command that tells of the program, whatever a config says, and so takes none.
  auto add_unwired(CLI::App& parent, const std::string& name, const std::string& description, action run,
                   const std::string& notes = "") -> CLI::App&;

  /// A variable of the program's own that says an option of the config, `section.key`, where its usual variable does
  /// not.
  void also_reads(const std::string& option, const std::string& variable) {
    variables_.insert_or_assign(option, variable);
  }

  /// How the config wires the program. Its types are there from the beginning, for commands to refer to; what the
  /// config says of them, and of all else, is known when a command runs.
  [[nodiscard]] auto wiring() const -> const program_wiring& { return wiring_; }

  /// To be called when all commands are declared: `--data` may come from the config, so nobody has to give it.
  void finish_declaring();

  /// Wires the program and does what the command line says; a config with problems is told, and is a wrong command
  /// line. REQUIRES: the line was read, and is right.
  [[nodiscard]] auto run_parsed(const named_functions& functions = {},
                                const environment_reader& environment = process_environment()) -> exit_status;

private:
  struct entry {
    CLI::App* command;
    action run;
    bool takes_config = true;
  };

  [[nodiscard]] auto wire_for(CLI::App& command, const named_functions& functions,
                              const environment_reader& environment) -> exit_status;
  [[nodiscard]] auto fill_in_data(CLI::App& command) const -> exit_status;

  CLI::App& program_;
  config_choice choice_;
  std::map<std::string, std::string, std::less<>> variables_; ///< Of the program's own, by option.
  program_wiring wiring_;
  std::set<const CLI::App*> needs_data_;
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
