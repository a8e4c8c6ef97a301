#pragma once

#include <tusker/model/position.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

namespace tusker {

/// How far each log is durable, and who waits for more. The journal actor announces each commit; whoever reads the log
/// waits here once it has caught up, so that nobody polls and nobody is shown an event that is not durable. Outlives
/// the journal's actors. Safe for threads.
class position_board {
public:
  /// Called once, on the thread that announces, outside of all locks; must not throw and not block.
  using listener = std::function<void(log_offset head)>;
  using ticket = std::uint64_t;

  /// All events of the log up to `head` are durable. A position that is not ahead of the last one changes nothing.
  void announce(log_id log, log_offset head);

  /// What was announced last; `before_all_events` when nothing was.
  [[nodiscard]] auto head(log_id log) const -> log_offset;

  /// Calls `then` as soon as the log has events behind `after`: here and now when it has them already.
  /// Returns what `forget` takes.
  auto await(log_id log, log_offset after, listener then) -> ticket;

  /// The listener is not called any more, unless it is being called.
  void forget(ticket waiting);

  /// How many wait.
  [[nodiscard]] auto waiting() const -> std::size_t;

private:
  struct waiter {
    log_id log;
    log_offset after;
    listener then;
  };

  [[nodiscard]] auto take_reached(log_id log, log_offset head) -> std::vector<listener>;

  mutable std::mutex mutex_; // guards what follows
  std::map<log_id, log_offset> heads_;
  std::map<ticket, waiter> waiters_;
  ticket last_ticket_ = 0;
};

} // namespace tusker
