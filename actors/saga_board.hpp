#pragma once

#include <tusker/actors/pending.hpp>
#include <tusker/model/error.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/persistence/saga_look.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// Who waits for sagas to come to rest. Aggregate actors announce, callers wait, and the desk actor answers them or
/// says that their time is over. Outlives the actors. Safe for threads.
class saga_board {
public:
  using answer = std::shared_ptr<pending_state<saga_look>>;
  using ticket = std::uint64_t;
  /// Called outside of all locks, must not throw and not block.
  using listener = std::function<void()>;

  /// Who has begun to wait.
  struct arrival {
    ticket number = 0;
    std::chrono::milliseconds timeout{};
  };
  struct answered {
    ticket number = 0;
    answer who;
    saga_look how;
  };
  struct news {
    std::vector<arrival> arrivals;
    std::vector<answered> ended;
    std::vector<ticket> forgotten;
  };

  /// Waits until that instance has ended, or is stuck. Returns its number; after `close` it is answered at once.
  auto wait(const stream_id& saga, std::chrono::milliseconds timeout, const answer& who) -> ticket;
  /// It has its answer, or does not want one any more.
  void forget(ticket number);

  /// Whether somebody waits for that instance.
  [[nodiscard]] auto is_awaited(const stream_id& saga) -> bool;
  /// It has ended, or is stuck.
  void announce(const stream_id& saga, const saga_look& how);

  [[nodiscard]] auto take() -> news;
  /// Who waits under that number, who then does so no more.
  [[nodiscard]] auto take(ticket number) -> std::optional<std::pair<stream_id, answer>>;

  /// In the place of whoever listened before, who may have taken news along: all that wait arrive anew.
  void listen(listener told);
  /// Answers all who wait, and who will.
  void close(const error& why);

private:
  struct waiter {
    stream_id saga;
    answer who;
    std::chrono::milliseconds timeout{};
  };

  // REQUIRES, of both: the lock is held.
  [[nodiscard]] auto extract(ticket number) -> std::optional<waiter>;
  [[nodiscard]] auto has_news() const -> bool;

  std::mutex mutex_; // guards what follows
  std::map<ticket, waiter> waiters_;
  std::multimap<std::string, ticket> by_saga_;
  news news_;
  ticket last_ = 0;
  listener listener_;
  std::optional<error> closed_;
};

} // namespace tusker
