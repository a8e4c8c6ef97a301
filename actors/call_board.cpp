#include <tusker/actors/call_board.hpp>

#include <iterator>
#include <utility>

namespace tusker {

void call_board::put(std::vector<outbox_entry> calls) {
  listener told;
  {
    std::lock_guard lock(mutex_);
    if (news_.calls.empty() && !news_.is_in_doubt)
      told = listener_;
    if (news_.calls.size() + calls.size() > calls_max)
      news_.is_in_doubt = true;
    else
      news_.calls.insert(news_.calls.end(), std::make_move_iterator(calls.begin()),
                         std::make_move_iterator(calls.end()));
  }
  if (told)
    told();
}

void call_board::put_in_doubt() {
  listener told;
  {
    std::lock_guard lock(mutex_);
    if (news_.calls.empty() && !news_.is_in_doubt)
      told = listener_;
    news_.is_in_doubt = true;
  }
  if (told)
    told();
}

auto call_board::take() -> news {
  std::lock_guard lock(mutex_);
  return std::exchange(news_, {});
}

void call_board::listen(listener told) {
  std::lock_guard lock(mutex_);
  listener_ = std::move(told);
}

} // namespace tusker
