#pragma once

#include <tusker/cli/exit_status.hpp>

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <string>

namespace tusker::cli {

/// The root of a program's commands, with `--help`, `--version` and the exit statuses.
[[nodiscard]] auto make_program(const std::string& name, const std::string& description)
    -> std::unique_ptr<CLI::App>;

/// The one place where a command line is read and exceptions end. Reads it, calls `run` when it is right, and
/// returns the number to exit with.
[[nodiscard]] auto run_program(CLI::App& program, int argc, const char* const* argv,
                               const std::function<exit_status()>& run) -> int;

} // namespace tusker::cli
