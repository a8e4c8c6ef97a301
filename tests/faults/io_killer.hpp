#pragma once

#include "io_watch.hpp"

#include <cstddef>

namespace tusker::faults {

/// Where in a commit a process dies.
enum class crash_moment {
  before_write,   ///< Nothing of the commit is written.
  within_write,   ///< Half of the first write is.
  before_sync,    ///< The pages are written, not synced.
  before_publish, ///< They are synced; LMDB's meta page still shows the commit before.
  after_publish,  ///< The meta page is written; nobody was told.
};

/// Whether a commit that dies at this moment is there when the journal is opened again.
[[nodiscard]] constexpr auto is_published(crash_moment moment) -> bool {
  return moment == crash_moment::after_publish;
}

/// Whether it writes a meta page of LMDB's, by which a commit is there.
[[nodiscard]] auto is_publishing(const io_operation& operation) -> bool;

/// Kills this process with SIGKILL at a moment of one of its commits. REQUIRES: an LMDB journal in strict or relaxed
/// mode, where each commit is writes, a sync, and the write of a meta page.
class io_killer final : public io_watcher {
public:
  /// The commit behind `commits` others that were told.
  io_killer(std::size_t commits, crash_moment moment) : commits_left_(commits), moment_(moment) {}

  /// A commit is over.
  void committed();

  [[nodiscard]] auto before(const io_operation& operation) -> io_verdict override;
  void after(const io_operation& operation) override;

private:
  std::size_t commits_left_;
  crash_moment moment_;
};

/// Kills this process with SIGKILL before its `nth` operation, from 1 on.
class io_countdown final : public io_watcher {
public:
  explicit io_countdown(std::size_t nth) : left_(nth) {}

  [[nodiscard]] auto before(const io_operation& operation) -> io_verdict override;

private:
  std::size_t left_;
};

} // namespace tusker::faults
