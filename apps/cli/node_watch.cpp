#include <tusker/cli/node_watch.hpp>

#include <tusker/cli/owned_journal.hpp>

#include <algorithm>
#include <utility>

namespace tusker::cli {

node_watch::node_watch(const runtime& node, log_sink tell, std::chrono::milliseconds every)
    : node_(node), tell_(std::move(tell)), every_(every), looked_(wall_time()), thread_([this] { run(); }) {}

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
  auto began = wall_time();
  auto now = look_at(node_);
  for (const auto& change : changes_between(last_, now))
    tell_(change);
  tell_letters(now);
  last_ = std::move(now);
  looked_ = began;
}

void node_watch::tell_letters(const node_look& now) {
  for (const auto& status : now.subscribers) {
    auto known = std::find_if(last_.subscribers.begin(), last_.subscribers.end(),
                              [&](const auto& each) { return each.name == status.name; });
    if (status.dead_letters == 0 ||
        (known != last_.subscribers.end() && known->dead_letters >= status.dead_letters)) {
      continue;
    }
    dead_letter_query query{.subscriber = status.name, .letters_max = letters_told_max};
    query.filter.died_since = looked_;
    auto page = node_.dead_letters(query);
    if (!page)
      continue;
    for (const auto& letter : page->letters) {
      // The warning is that there are some, and how many.
      tell_({log_level::info,
             log_component::queue,
             "a message was given up",
             {{"queue", letter.subscriber},
              {"type", letter.type},
              {"stream", letter.stream},
              {"offset", std::to_string(letter.offset.value())}},
             letter.correlation_id.is_nil() ? std::string() : to_string(letter.correlation_id)});
    }
  }
}

} // namespace tusker::cli
