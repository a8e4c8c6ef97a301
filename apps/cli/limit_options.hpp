#pragma once

#include <tusker/config/runtime_options.hpp>

#include <CLI/CLI.hpp>

namespace tusker::cli {

/// Adds those options of a node that have flags of their own to a command, as the catalogue of options declares them;
/// a time is a number of milliseconds, or has its unit. `limits` must live until the line is read.
void add_limit_options(CLI::App& command, runtime_options& limits);
/// The same for a command that takes them from the config, which hears of flags by itself.
void add_limit_options(CLI::App& command);
/// The flags of a program's servers, `[http]` and `[admin]`, for a command that takes them from the config.
void add_server_options(CLI::App& command);
/// All flags that stand for an option of the config, for a command that says what a run would be.
void add_explained_options(CLI::App& command);

} // namespace tusker::cli
