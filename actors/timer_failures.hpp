#pragma once

#include <tusker/model/error.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/uuid.hpp>

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace tusker {

/// Why timers were given up that stay where they are, since no dead letter could be made of them; of a node since its
/// start: for those who list timers. Safe for threads.
class timer_failures {
public:
  /// Of more timers no reason is kept.
  static constexpr std::size_t failures_max = 10'000;

  void note(const timer_key& key, const error& why);
  void forget(const timer_key& key);

  [[nodiscard]] auto find(const timer_key& key) const -> std::optional<error>;

private:
  using place = std::pair<timestamp, uuid>;

  mutable std::mutex mutex_; // guards what follows
  std::map<place, error> failures_;
};

} // namespace tusker
