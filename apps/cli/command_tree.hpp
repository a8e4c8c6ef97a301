#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace tusker::cli {

/// An option of a command, or a word that it takes by its place.
struct described_option {
  std::vector<std::string>
      names;         ///< With their dashes, the long ones first; of a word by place the one without.
  std::string value; ///< What it takes: `DIR`, `N`; empty for a flag.
  std::vector<std::string> choices; ///< The values that there are, where they can be told.
  std::string description;
  std::string default_value;
  bool is_required = false;
  bool is_repeated = false;
};

/// A command as its help says it: what completion scripts, the manual page and the reference are made of.
struct described_command {
  std::string path; ///< With the program's name: `order journal backup`.
  std::string description;
  std::string notes; ///< Without the exit statuses.
  std::vector<described_option> words;
  std::vector<described_option> options;
  std::vector<described_command> commands; ///< Those that are not hidden.

  /// The last word of the path.
  [[nodiscard]] auto name() const -> std::string;
};

/// The tree of a program's commands, as it was declared.
[[nodiscard]] auto describe_program(const CLI::App& program) -> described_command;

/// It and all below it, each before its own.
[[nodiscard]] auto all_commands(const described_command& program) -> std::vector<const described_command*>;

/// How it is called: `order journal backup TO --data DIR [OPTIONS]`.
[[nodiscard]] auto usage_of(const described_command& command) -> std::string;

/// How an option is written in a list: `-h, --help`, `--data DIR`.
[[nodiscard]] auto option_text(const described_option& option) -> std::string;

} // namespace tusker::cli
