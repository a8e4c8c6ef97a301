#include <tusker/load/closed_loops.hpp>

#include <tusker/actors/runtime_errc.hpp>

#include <cassert>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace tusker::load {

/// Where the runtime's threads leave their notes.
class closed_loops::mailbox {
public:
  struct note {
    std::size_t client;
    result<receipt> outcome;
    clock::time_point at;
  };

  void put(note left) {
    std::lock_guard lock(mutex_);
    notes_.push_back(std::move(left));
    arrived_.notify_one();
  }

  /// All notes that are there; waits for the first.
  auto take() -> std::vector<note> {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !notes_.empty(); });
    return std::exchange(notes_, {});
  }

private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<note> notes_;
};

closed_loops::closed_loops(std::size_t in_flight_max)
    : clients_(in_flight_max), mailbox_(std::make_shared<mailbox>()) {
  assert(in_flight_max > 0);
  for (auto index = in_flight_max; index > 0; --index)
    idle_.push_back(index - 1);
}

void closed_loops::run(const std::function<std::optional<loop_task>()>& next,
                       const std::function<void(const loop_answer&)>& answered) {
  is_dry_ = false;
  fill(next);
  while (in_flight_ > 0) {
    for (auto& [index, outcome, at] : mailbox_->take()) {
      --in_flight_;
      auto& one = clients_[index];
      auto is_refused = !outcome && outcome.error().code() == runtime_errc::overloaded;
      if (is_refused && one.attempts < attempts_max) {
        waiting_.push_back(index);
        continue;
      }
      answered({one.task.number, std::move(outcome), at - one.sent_at});
      idle_.push_back(index);
      // One answer makes room for one that waits; more would be refused again.
      if (!waiting_.empty()) {
        send(waiting_.front());
        waiting_.pop_front();
      }
    }
    fill(next);
  }
}

/// Gives every idle client a task, unless some are refused already. Never leaves all of them waiting.
void closed_loops::fill(const std::function<std::optional<loop_task>()>& next) {
  while (waiting_.empty() && !is_dry_ && !idle_.empty()) {
    auto task = next();
    if (!task) {
      is_dry_ = true;
      break;
    }
    auto index = idle_.back();
    idle_.pop_back();
    clients_[index] = {std::move(*task), clock::now(), 0};
    send(index);
  }
  if (in_flight_ == 0 && !waiting_.empty()) {
    send(waiting_.front());
    waiting_.pop_front();
  }
}

void closed_loops::send(std::size_t index) {
  auto& one = clients_[index];
  if (one.attempts++ > 0)
    ++overloaded_;
  ++in_flight_;
  // The mailbox is held by the callback too: this object may be gone by the time the callback returns.
  one.task.send().then([box = mailbox_, index](const result<receipt>& outcome) {
    box->put({index, outcome, clock::now()});
  });
}

} // namespace tusker::load
