#include <tusker/bench/job_topic.hpp>

#include <chrono>
#include <utility>

namespace tusker::bench {

publishing_loops::publishing_loops(runtime& node, unsigned loops,
                                   std::function<bool(std::uint64_t number)> wants_more)
    : node_(node), loops_(loops), wants_more_(std::move(wants_more)) {}

void publishing_loops::run() {
  for (unsigned loop = 0; loop < loops_; ++loop)
    publish_next();
  std::unique_lock lock(mutex_);
  done_.wait(lock, [&] { return ended_ == loops_; });
}

void publishing_loops::publish_next() {
  auto number = next_++;
  if (!wants_more_(number))
    return end();
  auto begun = std::chrono::steady_clock::now();
  node_.publish<jobs_topic>(job_wanted{static_cast<std::int64_t>(number)})
      .then([this, begun](const result<tusker::published>& answer) {
        {
          std::lock_guard lock(mutex_);
          if (answer)
            latencies_.record(std::chrono::steady_clock::now() - begun);
          else
            failure_ = answer.error();
        }
        answer ? publish_next() : end();
      });
}

void publishing_loops::end() {
  // Notified under the lock: who waits may be gone right behind it.
  std::lock_guard lock(mutex_);
  ++ended_;
  done_.notify_all();
}

} // namespace tusker::bench
