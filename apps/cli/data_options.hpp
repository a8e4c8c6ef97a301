#pragma once

#include <tusker/cli/output.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>

namespace tusker::cli {

/// What every command that reads a journal takes.
struct data_options {
  std::filesystem::path data; ///< `--data`: the folder of the journal.
  bool as_json = false;       ///< `--json`.

  [[nodiscard]] auto format() const -> output_format {
    return as_json ? output_format::json : output_format::text;
  }
};

/// Declares `--data` and `--json` on a command. `options` must outlive the parsing.
void add_data_options(CLI::App& command, data_options& options);

} // namespace tusker::cli
