#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/model/error.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/commit_log.hpp>
#include <tusker/persistence/lmdb_store.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace tusker {

/// Brings LMDB up to the commit log, behind the writer's back: a thread that takes the oldest part of the tail, commits
/// it, and lets the log use its segments again.
class log_applier {
public:
  /// All must outlive it; the store has a tail.
  log_applier(const lmdb_store& store, commit_log& log, const journal_options& options);
  log_applier(const log_applier&) = delete;
  auto operator=(const log_applier&) -> log_applier& = delete;
  /// Applies what is left, unless that fails: then the log keeps it.
  ~log_applier();

  // The writer's.
  /// A batch was published.
  void wake();
  /// Returns when LMDB has all that is published; a full storage is tried once more, at once. Errors: as `failure`.
  [[nodiscard]] auto drain() -> result<void>;
  /// Waits until no more than so many bytes are left to be applied, or the time is over, or nothing can be applied.
  void wait_until_left(std::uint64_t bytes, std::chrono::milliseconds at_most);
  /// Why nothing can be applied at the moment: `journal_errc::storage_full`, which is tried again; any other, which is
  /// not.
  [[nodiscard]] auto failure() const -> std::optional<error>;
  /// Bytes of rows that are still to be applied. From any thread.
  [[nodiscard]] auto bytes_left() const -> std::uint64_t;

private:
  void run();
  [[nodiscard]] auto next_part() -> std::shared_ptr<tail_part>;
  [[nodiscard]] auto apply(tail_part& part) -> result<void>;
  [[nodiscard]] auto goes_on_after(const result<void>& applied) -> bool;

  const lmdb_store& store_;
  commit_log& log_;
  std::uint64_t map_bytes_max_;
  std::chrono::milliseconds apply_after_;
  std::atomic<std::uint64_t> put_ = 0; ///< Bytes put so far of the part that is being applied.

  mutable std::mutex mutex_; // guards what follows
  std::condition_variable work_;
  std::condition_variable progress_;
  std::optional<error> failure_;
  bool is_idle_ = false;       ///< There was nothing to apply, or a batch was being written.
  bool is_in_a_hurry_ = false; ///< Somebody waits until all is applied.
  bool is_awaited_ = false;    ///< Somebody waits until less is left.
  bool is_stopping_ = false;
  std::thread thread_;
};

} // namespace tusker
