#pragma once

#include <tusker/cli/exit_status.hpp>

#include <string_view>

namespace tusker::cli {

enum class output_format { text, json };

/// Writes to standard output.
void print(std::string_view text);

/// Hands on what was printed. Returns whether somebody took it, and all before; `finish_output` says why not.
[[nodiscard]] auto flush_output() -> bool;

/// Flushes standard output. What a program printed and nobody got is a failure of the program, so the result is
/// `status`, or `failed` where that was `ok` and something could not be written, which is then said on standard error.
[[nodiscard]] auto finish_output(std::string_view program, exit_status status) -> exit_status;

} // namespace tusker::cli
