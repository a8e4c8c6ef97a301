#include <tusker/bench/commit_group.hpp>

#include <utility>

namespace tusker::bench {

auto commit_group::join(unsigned client) -> result<void> {
  std::unique_lock lock(mutex_);
  waiting_.push_back(client);
  auto mine = gathered_;
  changed_.wait(lock, [&] { return written_ >= mine || !is_writing_; });
  if (written_ < mine) {
    // Nobody writes: this thread does, for all that wait by now.
    is_writing_ = true;
    auto batch = std::exchange(waiting_, {});
    ++gathered_;
    lock.unlock();
    auto written = write_(batch);
    lock.lock();
    if (!written && !failure_)
      failure_ = written.error();
    written_ = mine;
    is_writing_ = false;
    changed_.notify_all();
  }
  if (failure_)
    return fail(*failure_);
  return {};
}

} // namespace tusker::bench
