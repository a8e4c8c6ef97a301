#pragma once

#include "io_watch.hpp"

#include <tusker/config/journal_options.hpp>

#include <cstddef>

namespace tusker::faults {

/// Where in a commit a process dies. LMDB's commit is writes of pages, a sync, and the write of a meta page, by which
/// it is published; a commit log's is one write of a segment and its sync, which publishes it.
enum class crash_moment {
  before_write, ///< Nothing of the commit is written.
  within_write, ///< Half of the first write is.
  before_sync,  ///< All is written but LMDB's meta page, and not synced.
  before_publish, ///< LMDB's pages are synced; the meta page still shows the commit before. With a log: `before_sync`.
  after_publish, ///< It is published; nobody was told.
};

/// Whether a commit that dies at this moment is there when the journal is opened again. A process that dies takes
/// nothing along that it wrote: a batch is there, synced or not.
[[nodiscard]] constexpr auto is_published(crash_moment moment, commit_way way = commit_way::direct) -> bool {
  if (way == commit_way::logged)
    return moment != crash_moment::before_write && moment != crash_moment::within_write;
  return moment == crash_moment::after_publish;
}

/// Tells the operations that make a commit from all others, which it has to be shown in order.
class commit_eye {
public:
  explicit commit_eye(commit_way way) : way_(way) {}

  /// Whether it writes what a commit holds: pages of LMDB, or a batch.
  [[nodiscard]] auto is_writing(const io_operation& operation) const -> bool;
  /// Whether it makes that durable.
  [[nodiscard]] auto is_syncing(const io_operation& operation) const -> bool;
  /// Whether it is the one by which a commit is there: the write of an LMDB meta page, or the sync of a batch.
  [[nodiscard]] auto is_publishing(const io_operation& operation) const -> bool;

  /// It was carried out.
  void see(const io_operation& operation);

private:
  [[nodiscard]] auto is_of_commits(const io_operation& operation) const -> bool;

  commit_way way_;
  bool has_batch_ = false; ///< A batch is written and not synced. An opening syncs segments too.
};

/// Kills this process with SIGKILL at a moment of one of its commits. REQUIRES: LMDB in strict or relaxed mode, and
/// where there is a log, room in it for the commit.
class io_killer final : public io_watcher {
public:
  /// The commit behind `commits` others that were told.
  io_killer(std::size_t commits, crash_moment moment, commit_way way = commit_way::direct)
      : commits_left_(commits), moment_(moment), eye_(way) {}

  /// A commit is over.
  void committed();

  [[nodiscard]] auto before(const io_operation& operation) -> io_verdict override;
  void after(const io_operation& operation) override;

private:
  std::size_t commits_left_;
  crash_moment moment_;
  commit_eye eye_;
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
