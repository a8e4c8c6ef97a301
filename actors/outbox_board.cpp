#include <tusker/actors/outbox_board.hpp>

#include <utility>

namespace tusker {

void outbox_board::announce(shard_id shard) {
  listener told;
  {
    std::lock_guard lock(mutex_);
    auto was_empty = shards_.empty();
    shards_.insert(shard);
    if (was_empty)
      told = listener_;
  }
  if (told)
    told();
}

auto outbox_board::take() -> std::set<shard_id> {
  std::lock_guard lock(mutex_);
  return std::exchange(shards_, {});
}

void outbox_board::listen(listener told) {
  std::lock_guard lock(mutex_);
  listener_ = std::move(told);
}

} // namespace tusker
