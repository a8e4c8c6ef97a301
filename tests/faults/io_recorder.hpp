#pragma once

#include "io_watch.hpp"

#include <vector>

namespace tusker::faults {

/// Notes every operation that was carried out, in order.
class io_recorder final : public io_watcher {
public:
  void after(const io_operation& operation) override { operations_.push_back(operation); }

  [[nodiscard]] auto operations() const -> const std::vector<io_operation>& { return operations_; }

private:
  std::vector<io_operation> operations_;
};

} // namespace tusker::faults
