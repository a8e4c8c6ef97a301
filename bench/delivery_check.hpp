#pragma once

#include <tusker/model/recorded_event.hpp>
#include <tusker/persistence/log_filter.hpp>

#include <cstdint>
#include <vector>

namespace tusker::bench {

/// Checks that a reading of the sample log with a filter delivers every wanted event once, in order, and no other.
/// All events are checked for their place, one in a hundred wholly, so that the check costs less than the reading.
class delivery_check {
public:
  delivery_check(const log_filter& filter, std::uint64_t events, shard_count shards);

  /// Begins a reading anew.
  void begin() { delivered_ = 0; }
  void take(const recorded_event& event);

  /// Whether every reading up to now was right, with this one at its end.
  [[nodiscard]] auto is_right() const -> bool { return right_ && delivered_ == wanted_.size(); }
  [[nodiscard]] auto wanted() const -> std::uint64_t { return wanted_.size(); }

private:
  shard_count shards_;
  std::vector<std::uint64_t> wanted_; ///< The wanted events, by number, in order.
  std::size_t delivered_ = 0;
  bool right_ = true;
};

} // namespace tusker::bench
