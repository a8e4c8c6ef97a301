#pragma once

#include <tusker/actors/ticket.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tusker {

/// The deadlines of what is under way, the earliest first. Time comes in from outside and is steady.
class deadline_queue {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// REQUIRES: `number` is not in the queue.
  void add(ticket number, time_point deadline);

  /// Takes `number` out; nothing happens when it is not in.
  void remove(ticket number);

  /// Takes out all whose deadline is `now` or before.
  [[nodiscard]] auto take_due(time_point now) -> std::vector<ticket>;

  [[nodiscard]] auto earliest() const -> std::optional<time_point>;

private:
  std::map<std::pair<time_point, std::uint64_t>, ticket> in_order_;
  std::unordered_map<std::uint64_t, time_point> deadlines_;
};

} // namespace tusker
