#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace tusker {

/// Where something stands: in a file, or without a line in what is named, such as `environment TUSKER_LOG_LEVEL`.
struct config_place {
  std::string file;
  std::uint32_t line = 0;   ///< From 1; 0: the file as a whole.
  std::uint32_t column = 0; ///< Of letters, from 1.

  friend auto operator<=>(const config_place&, const config_place&) = default;
};

/// `order.toml:3:8`, or the file alone.
[[nodiscard]] auto to_string(const config_place& place) -> std::string;

} // namespace tusker
