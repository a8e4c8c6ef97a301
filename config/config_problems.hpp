#pragma once

#include <tusker/config/config_place.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace tusker {

/// One thing that is wrong with a config: where, and in one line what was expected.
struct config_problem {
  config_place place;
  std::string message;

  friend auto operator==(const config_problem&, const config_problem&) -> bool = default;
};

/// `order.toml:3:8: expected a time, such as "250ms"`: one line, whatever the message holds.
[[nodiscard]] auto to_string(const config_problem& problem) -> std::string;

/// All that is wrong with a config, so that it can be mended at once.
class config_problems {
public:
  /// More are counted and not kept.
  static constexpr std::size_t kept_max = 50;

  void add(config_place place, std::string message);

  [[nodiscard]] auto is_empty() const -> bool { return count_ == 0; }
  [[nodiscard]] auto count() const -> std::size_t { return count_; }

  /// Those that are kept, in the order of their places.
  [[nodiscard]] auto in_order() const -> std::vector<config_problem>;

private:
  std::vector<config_problem> kept_;
  std::size_t count_ = 0;
};

} // namespace tusker
