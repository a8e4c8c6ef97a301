#include <tusker/cli/node_watch.hpp>

#include <utility>

namespace tusker::cli {

node_watch::node_watch(const runtime& node, log_sink tell, std::chrono::milliseconds every)
    : node_(node), tell_(std::move(tell)), every_(every), thread_([this] { run(); }) {}

node_watch::~node_watch() {
  finish();
}

void node_watch::finish() {
  {
    std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable())
    thread_.join();
}

void node_watch::run() {
  std::unique_lock lock(mutex_);
  for (auto ends = false; !ends;) {
    ends = wake_.wait_for(lock, every_, [this] { return is_ending_; });
    lock.unlock();
    look();
    lock.lock();
  }
}

void node_watch::look() {
  auto now = look_at(node_);
  for (const auto& change : changes_between(last_, now))
    tell_(change);
  last_ = std::move(now);
}

} // namespace tusker::cli
