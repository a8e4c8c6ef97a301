#pragma once

#include "io_watch.hpp"

#include <cstddef>
#include <string>

namespace tusker::faults {

/// How an operation fails.
enum class io_failure {
  io_error,  ///< `EIO`.
  disk_full, ///< `ENOSPC`.
  short_write, ///< A write gets half of its bytes onto the disk, as on a disk that fills up, and the next one `ENOSPC`.
};

enum class io_failure_span { once, from_then_on };

/// Lets one operation fail, the `nth` from 1 on, or all from that one on until it is mended. A write is short only
/// where it can be: other operations are left alone until one is.
class io_injector final : public io_watcher {
public:
  io_injector(std::size_t nth, io_failure failure, io_failure_span span)
      : nth_(nth), failure_(failure), span_(span) {}

  [[nodiscard]] auto before(const io_operation& operation) -> io_verdict override;

  [[nodiscard]] auto failure() const -> io_failure { return failure_; }
  [[nodiscard]] auto span() const -> io_failure_span { return span_; }

  /// The disk is sound from now on.
  void mend() { is_mended_ = true; }

  /// Whether the run got as far as the `nth` operation.
  [[nodiscard]] auto was_reached() const -> bool { return seen_ >= nth_; }

  /// Whether an operation was made to fail, and the first one that was.
  [[nodiscard]] auto has_struck() const -> bool { return has_struck_; }
  [[nodiscard]] auto victim() const -> const io_operation& { return victim_; }

private:
  std::size_t nth_;
  io_failure failure_;
  io_failure_span span_;
  std::size_t seen_ = 0;
  bool is_mended_ = false;
  bool has_struck_ = false;
  io_operation victim_;
};

} // namespace tusker::faults
