#pragma once

#include <tusker/actors/pending_timer.hpp>
#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace tusker::cli {

/// Which timers are listed.
struct timer_ls_options {
  std::string until; ///< RFC 3339: those that are due by then; empty: all.
  std::optional<std::uint64_t> limit;
};

/// Prints the timers that wait, the earliest first: a line each, or an object a line.
[[nodiscard]] auto run_timer_ls(const timer_ls_options& wanted, const data_options& options) -> exit_status;

/// A timer as one line of JSON: `due`, `owner`, `name`, `type`, `schema_version`, `id`, `content`.
[[nodiscard]] auto timer_json(const pending_timer& timer) -> std::string;

} // namespace tusker::cli
