#pragma once

#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/model/error.hpp>

#include <string>
#include <string_view>

namespace tusker::cli {

/// An error as a program says it: `order: not_found: there is no journal in /data`, or as one line of JSON with the
/// keys `program`, `error` and `message`.
[[nodiscard]] auto error_line(std::string_view program, const error& failure, output_format format)
    -> std::string;

/// Prints the line to standard error and returns the exit status that the error leads to.
auto report_error(std::string_view program, const error& failure, output_format format) -> exit_status;

} // namespace tusker::cli
