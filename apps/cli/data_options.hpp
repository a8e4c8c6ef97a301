#pragma once

#include <tusker/cli/output.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>

namespace tusker::cli {

/// What every command that reads a journal takes.
struct data_options {
  std::string program;        ///< Whose command it is, for its error messages.
  std::filesystem::path data; ///< `--data`: the folder of the journal.
  bool as_json = false;       ///< `--json`.

  [[nodiscard]] auto format() const -> output_format {
    return as_json ? output_format::json : output_format::text;
  }
};

/// Declares `--data` and `--json` on a command, and notes the name of its program. `options` must outlive the parsing.
void add_data_options(CLI::App& command, data_options& options);

} // namespace tusker::cli
