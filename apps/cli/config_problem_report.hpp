#pragma once

#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/config/config_problems.hpp>

#include <string>
#include <string_view>

namespace tusker::cli {

/// What is wrong with a config, a line each: `order.toml:3:8: shards: expected …`, or as JSON with the keys `program`,
/// `error`, `file`, `line`, `column` and `message`.
[[nodiscard]] auto problem_lines(std::string_view program, const config_problems& problems,
                                 output_format format) -> std::string;

/// Prints them to standard error, and returns what to exit with.
auto report_problems(std::string_view program, const config_problems& problems, output_format format)
    -> exit_status;

} // namespace tusker::cli
