#pragma once

#include <tusker/model/shard.hpp>

#include <functional>
#include <mutex>
#include <set>

namespace tusker {

/// In which shards there may be outbox entries that the relay has not looked at. The journal's actor announces them
/// after each commit. Outlives the actors. Safe for threads.
class outbox_board {
public:
  /// Called on the thread that announces, outside of all locks, when there was nothing and now is; must not throw and
  /// not block.
  using listener = std::function<void()>;

  void announce(shard_id shard);

  /// The shards that were announced since the last call.
  [[nodiscard]] auto take() -> std::set<shard_id>;

  /// In the place of whoever listened before.
  void listen(listener told);

private:
  std::mutex mutex_; // guards what follows
  std::set<shard_id> shards_;
  listener listener_;
};

} // namespace tusker
