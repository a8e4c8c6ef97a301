#pragma once

#include "io_watch.hpp"

#include <mutex>
#include <vector>

namespace tusker::faults {

/// Notes every operation that was carried out, in order. Can be asked while threads go on.
class io_recorder final : public io_watcher {
public:
  void after(const io_operation& operation) override {
    std::lock_guard lock(mutex_);
    operations_.push_back(operation);
  }

  [[nodiscard]] auto count() const -> std::size_t {
    std::lock_guard lock(mutex_);
    return operations_.size();
  }

  [[nodiscard]] auto operations() const -> std::vector<io_operation> {
    std::lock_guard lock(mutex_);
    return operations_;
  }

private:
  mutable std::mutex mutex_; // guards what follows
  std::vector<io_operation> operations_;
};

} // namespace tusker::faults
