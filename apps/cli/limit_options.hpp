#pragma once

#include <tusker/config/runtime_options.hpp>

#include <CLI/CLI.hpp>

namespace tusker::cli {

/// Adds a node's limits to a command, each under the name of its `runtime_options` member, shortened. What they may be
/// is for `check(runtime_options)` to say, when the node is opened. `limits` must live until the line is read.
void add_limit_options(CLI::App& command, runtime_options& limits);

} // namespace tusker::cli
