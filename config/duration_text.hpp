#pragma once

#include <tusker/model/result.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace tusker {

/// Reads a time such as `250ms`, `1h30m` or `30d`: whole numbers, each with one of the units d, h, m, s and ms, the
/// largest first. Errors: `config_errc::malformed` with what was expected.
[[nodiscard]] auto parse_duration(std::string_view text) -> result<std::chrono::milliseconds>;

/// As it is read: `90s` is `1m30s`.
[[nodiscard]] auto duration_text(std::chrono::milliseconds time) -> std::string;

} // namespace tusker
