#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tusker {

/// The keys from `low` on and before `high`; without `high`, to the end.
struct key_range {
  std::string low = {};
  std::optional<std::string> high = std::nullopt;

  /// The keys that begin with `prefix`.
  [[nodiscard]] static auto of_prefix(std::string_view prefix) -> key_range;

  /// This key alone.
  [[nodiscard]] static auto of_key(std::string_view key) -> key_range;

  [[nodiscard]] auto contains(std::string_view key) const -> bool {
    return key >= low && (!high || key < *high);
  }
  [[nodiscard]] auto is_everything() const -> bool { return low.empty() && !high; }

  friend auto operator==(const key_range&, const key_range&) -> bool = default;
};

/// The least key that is greater than all that begin with `prefix`; none when there is no such key.
[[nodiscard]] auto after_prefix(std::string_view prefix) -> std::optional<std::string>;

} // namespace tusker
