#pragma once

#include <tusker/model/outbox_entry.hpp>

#include <cstddef>
#include <functional>
#include <mutex>
#include <vector>

namespace tusker {

/// Calls of sagas that are durable and not sent yet, on their way from the journal's actor to the one that sends them.
/// It holds `calls_max`; beyond that they are left in the journal, and looked for there. Outlives the actors. Safe for
/// threads.
class call_board {
public:
  static constexpr std::size_t calls_max = 10'000;

  /// Called on the thread that puts, outside of all locks, when there was nothing and now is; must not throw and not
  /// block.
  using listener = std::function<void()>;

  struct news {
    std::vector<outbox_entry> calls;
    bool is_in_doubt = false; ///< There may be others in the journal.
  };

  void put(std::vector<outbox_entry> calls);
  /// Of the last commit nobody may have heard.
  void put_in_doubt();
  [[nodiscard]] auto take() -> news;

  /// In the place of whoever listened before.
  void listen(listener told);

private:
  std::mutex mutex_; // guards what follows
  news news_;
  listener listener_;
};

} // namespace tusker
