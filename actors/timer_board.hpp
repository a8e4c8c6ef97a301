#pragma once

#include <tusker/model/shard.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

namespace tusker {

/// Which timers were set since somebody last looked: of each shard the earliest. The journal's actor announces them
/// once they are durable; who fires timers looks, and is woken by what comes before its next look. Outlives both.
/// Safe for threads.
class timer_board {
public:
  /// Called once, on the thread that announces, outside of all locks; must not throw and not block.
  using listener = std::function<void()>;
  using ticket = std::uint64_t;

  struct news {
    /// When the earliest timer is due that was set, by shard.
    std::map<shard_id, timestamp> earliest;
    /// Whether there may be timers in any shard that nobody announced.
    bool is_all_in_doubt = false;
  };

  /// A timer of the shard that is due then is durable.
  void announce(shard_id shard, timestamp due);

  /// Timers may have become durable that nobody will announce, because who should have died.
  void put_all_in_doubt();

  /// What was announced since the last time.
  [[nodiscard]] auto take() -> news;

  /// Calls `then` as soon as a timer is announced that is due before that time, or all are in doubt: here and now when
  /// that is so already. Another call takes the place of this one. Returns what `forget` takes.
  auto await(timestamp before, listener then) -> ticket;

  /// That listener is not called any more, unless it is being called.
  void forget(ticket waiting);

private:
  struct waiter {
    timestamp before;
    listener then;
  };

  [[nodiscard]] auto take_woken() -> std::optional<waiter>;

  std::mutex mutex_; // guards what follows
  news news_;
  std::optional<timestamp> earliest_; ///< Of all news.
  std::optional<waiter> waiter_;
  ticket last_ticket_ = 0; ///< The waiter's.
};

} // namespace tusker
