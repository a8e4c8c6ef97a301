#pragma once

#include <tusker/model/result.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace tusker {

/// The place where an answer will stand: set once, by whoever has it first; later ones are dropped.
template <class T>
class pending_state {
public:
  using callback = std::function<void(const result<T>&)>;

  /// Sets the answer, wakes who waits and runs the callbacks. Returns whether this answer is the first.
  auto complete(result<T> answer) noexcept -> bool {
    std::vector<callback> callbacks;
    {
      std::lock_guard lock(mutex_);
      if (answer_)
        return false;
      answer_ = std::move(answer);
      callbacks = std::move(callbacks_);
    }
    ready_.notify_all();
    for (const auto& run : callbacks)
      run(*answer_);
    return true;
  }

  [[nodiscard]] auto wait() -> const result<T>& {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [this] { return answer_.has_value(); });
    return *answer_;
  }

  [[nodiscard]] auto wait_until(std::chrono::steady_clock::time_point time) -> bool {
    std::unique_lock lock(mutex_);
    return ready_.wait_until(lock, time, [this] { return answer_.has_value(); });
  }

  [[nodiscard]] auto is_complete() -> bool {
    std::lock_guard lock(mutex_);
    return answer_.has_value();
  }

  void on_completion(callback run) {
    {
      std::lock_guard lock(mutex_);
      if (!answer_) {
        callbacks_.push_back(std::move(run));
        return;
      }
    }
    run(*answer_);
  }

private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::optional<result<T>> answer_;
  std::vector<callback> callbacks_;
};

/// An answer that is under way. Whoever asked waits for it with `get`, or says with `then` what to do with it.
/// There is always exactly one answer.
template <class T>
class [[nodiscard]] pending {
public:
  explicit pending(std::shared_ptr<pending_state<T>> state) : state_(std::move(state)) {}

  /// Waits for the answer. Never call it in a callback of `then`, in `decide` or in `evolve`: their threads are the
  /// ones that bring the answer.
  [[nodiscard]] auto get() const& -> const result<T>& { return state_->wait(); }
  [[nodiscard]] auto get() && -> result<T> { return state_->wait(); }

  [[nodiscard]] auto is_ready() const -> bool { return state_->is_complete(); }

  /// Waits for the answer, not longer than until `time`; returns whether it is there.
  [[nodiscard]] auto wait_until(std::chrono::steady_clock::time_point time) const -> bool {
    return state_->wait_until(time);
  }

  /// Calls `run` with the answer once: on a thread of the runtime or of its shutdown, or here and now when it is there
  /// already; for several answers perhaps at one time. `run` must be short, and must not block, throw (that ends the
  /// program) or shut the runtime down.
  void then(std::function<void(const result<T>&)> run) const { state_->on_completion(std::move(run)); }

private:
  std::shared_ptr<pending_state<T>> state_;
};

} // namespace tusker
