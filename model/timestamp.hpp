#pragma once

#include <tusker/model/result.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace tusker {

/// A point in wall-clock time, in microseconds since 1970-01-01T00:00:00Z. The model never reads a clock:
/// times come in from outside.
using timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// The times that RFC 3339 can name: the years 0000 to 9999.
inline constexpr timestamp timestamp_min = std::chrono::sys_days(std::chrono::year(0) / 1 / 1);
inline constexpr timestamp timestamp_max =
    std::chrono::sys_days(std::chrono::year(10'000) / 1 / 1) - std::chrono::microseconds(1);

/// RFC 3339 in UTC with six digits of a second: `2026-11-23T09:30:00.000001Z`. Outside of
/// `timestamp_min` to `timestamp_max` it is for people only: `parse_timestamp` does not read it.
[[nodiscard]] auto to_string(timestamp time) -> std::string;

/// Reads RFC 3339 in UTC (`Z`) with zero to six digits of a second, or a bare date (`1996-07-04`, midnight).
/// Errors: `model_errc::malformed_time`.
[[nodiscard]] auto parse_timestamp(std::string_view text) -> result<timestamp>;

} // namespace tusker
