#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>

namespace tusker {

/// Jobs that wait for a thread, in their order, with two kinds of threads: workers, and one that is spare. As long as a
/// worker takes jobs the spare one takes none, since threads beyond the cores only take turns with them. When jobs have
/// waited for `patience` and no worker took any, all of them are stuck in theirs, and the spare one works until one
/// moves again. Safe for threads; holds no job's lifetime.
template <class Job>
class job_board {
public:
  /// A worker that finds no job gives up the processor `looks` times before it sleeps: to be woken costs whoever puts
  /// the next job more than that.
  job_board(std::size_t workers, std::chrono::milliseconds patience, std::size_t looks = 0)
      : workers_(workers), patience_(patience), looks_(looks) {}

  void put(Job* job) {
    std::lock_guard lock(mutex_);
    jobs_.push_back(job);
    count_.store(jobs_.size(), std::memory_order_relaxed);
    if (jobs_.size() <= looking_.load(std::memory_order_relaxed))
      return; // Whoever looks takes the lock next, and the job.
    if (waiting_ > 0)
      ready_.notify_one();
    else
      wake_spare();
  }

  /// For a worker: waits for a job.
  [[nodiscard]] auto take() -> Job* {
    look_for_job();
    std::unique_lock lock(mutex_);
    --looking_;
    ++taken_; // Also without a job: who waits for one is not stuck.
    wait_for_job(lock);
    ++taken_;
    auto* job = pop();
    // Those behind it wait for a worker that may be stuck from now on.
    if (!jobs_.empty())
      wake_spare();
    return job;
  }

  /// For the spare thread: waits for a job that no worker takes.
  [[nodiscard]] auto take_spare() -> Job* {
    std::unique_lock lock(mutex_);
    for (;;) {
      if (workers_ == 0) {
        wait_for_job(lock);
        return pop();
      }
      if (jobs_.empty())
        sleep(lock);
      else if (taken_ == stuck_at_)
        return pop();
      else
        look_again(lock);
    }
  }

  /// A worker will take no more.
  void leave() {
    std::lock_guard lock(mutex_);
    --workers_;
    woken_.notify_one();
  }

  /// The first job; none when there is none.
  [[nodiscard]] auto take_if_any() -> Job* {
    std::lock_guard lock(mutex_);
    return jobs_.empty() ? nullptr : pop();
  }

private:
  /// Leaves it counted among those who look, until it has the lock.
  void look_for_job() {
    ++looking_;
    for (std::size_t look = 0; look < looks_ && count_.load(std::memory_order_relaxed) == 0; ++look)
      std::this_thread::yield();
  }

  void wait_for_job(std::unique_lock<std::mutex>& lock) {
    ++waiting_;
    ready_.wait(lock, [this] { return !jobs_.empty(); });
    --waiting_;
  }

  /// Until a job comes that no worker waits for.
  void sleep(std::unique_lock<std::mutex>& lock) {
    is_spare_asleep_ = true;
    woken_.wait(lock, [this] { return !is_spare_asleep_ || workers_ == 0; });
    is_spare_asleep_ = false;
  }

  void wake_spare() {
    if (!is_spare_asleep_)
      return;
    is_spare_asleep_ = false;
    woken_.notify_one();
  }

  /// Whether no worker moves in `patience`.
  void look_again(std::unique_lock<std::mutex>& lock) {
    auto before = taken_;
    woken_.wait_for(lock, patience_, [this] { return workers_ == 0; });
    if (taken_ == before)
      stuck_at_ = before;
  }

  auto pop() -> Job* {
    auto* job = jobs_.front();
    jobs_.pop_front();
    count_.store(jobs_.size(), std::memory_order_relaxed);
    return job;
  }

  std::mutex mutex_; // guards all below
  std::condition_variable ready_;
  std::condition_variable woken_;
  std::deque<Job*> jobs_;
  std::size_t workers_;
  std::size_t waiting_ = 0;
  std::uint64_t taken_ = 1;    ///< Moves with each worker that moves.
  std::uint64_t stuck_at_ = 0; ///< The value of `taken_` at which all workers were found stuck.
  bool is_spare_asleep_ = false;
  std::chrono::milliseconds patience_;
  std::size_t looks_;
  std::atomic<std::size_t> count_ = 0;   ///< Of the jobs, as it was a moment ago.
  std::atomic<std::size_t> looking_ = 0; ///< Workers that come for a job and do not sleep.
};

} // namespace tusker
