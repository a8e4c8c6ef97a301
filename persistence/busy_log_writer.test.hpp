#pragma once

#include <tusker/persistence/sample_commit_log.test.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>

namespace tusker::sample {

/// Appends and recycles until it is told to stop, and says before each recycling how far that goes.
class busy_log_writer {
public:
  explicit busy_log_writer(const commit_log_options& options)
      : log_(open_log(options)), thread_([this] { run(); }) {}
  busy_log_writer(const busy_log_writer&) = delete;
  auto operator=(const busy_log_writer&) -> busy_log_writer& = delete;
  ~busy_log_writer() {
    is_stopped_ = true;
    thread_.join();
  }

  /// Of the changes of a batch.
  [[nodiscard]] static auto bytes_of(std::uint64_t sequence) -> std::size_t {
    return 1 + (sequence - 1) * 37 % 500;
  }

  [[nodiscard]] auto last() const -> std::uint64_t { return log_->last_sequence(); }
  [[nodiscard]] auto applied() const -> std::uint64_t { return applied_; }

private:
  void run() {
    while (!is_stopped_) {
      auto next = log_->last_sequence() + 1;
      auto batch = batch_numbered(next, bytes_of(next));
      if (!log_->has_room(batch.changes.size())) {
        applied_ = log_->last_sequence() - log_->last_sequence() % 2;
        log_->recycle(applied_);
      }
      (void)log_->append(batch.head, batch.changes);
    }
  }

  std::unique_ptr<commit_log> log_;
  std::atomic<std::uint64_t> applied_{0};
  std::atomic<bool> is_stopped_{false};
  // Last: it uses the others as soon as it is there.
  std::thread thread_;
};

} // namespace tusker::sample
