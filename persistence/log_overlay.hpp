#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/commit_log_follower.hpp>
#include <tusker/persistence/journal_tail.hpp>

#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>

namespace tusker {

struct lmdb_store;

/// What a commit log holds and LMDB does not have yet, as a process sees it that only reads: a tail of its own, made
/// of the log's files and kept up to date from them. From any thread.
class log_overlay {
public:
  /// Nothing, so far. `applied`: a batch that LMDB has.
  log_overlay(const std::filesystem::path& directory, const uuid& journal, std::uint64_t applied)
      : directory_(directory), journal_(journal), first_(applied + 1), last_(applied),
        follower_(directory, journal, applied) {}

  /// Takes in what the log has by now. `applied`: the last batch that LMDB was seen to have; what it has is dropped.
  /// Errors: as `commit_log_follower::follow` and `sync_last`.
  [[nodiscard]] auto refresh(std::uint64_t applied) -> result<void>;

  /// What a transaction of LMDB lacks that has all up to `applied`. REQUIRES: it began after the last refresh of the
  /// caller. Errors: `journal_errc::corrupt` when batches between the two are missing.
  [[nodiscard]] auto view_behind(std::uint64_t applied) const -> result<tail_view>;

private:
  [[nodiscard]] auto take(const logged_batch& batch) -> result<void>;
  void forget_all(std::uint64_t applied);
  void start_over(std::uint64_t applied);
  void drop_applied(std::uint64_t applied);

  std::filesystem::path directory_;
  uuid journal_;

  mutable std::mutex mutex_; // guards what follows, but not the rows
  /// The batches that it has; none when `first_` is behind `last_`.
  std::uint64_t first_;
  std::uint64_t last_;
  std::deque<std::shared_ptr<tail_part>> parts_; ///< The oldest first; the last one grows.
  commit_log_follower follower_;
};

/// Lets a store that is open for reading show what stands in the commit log alone. Errors: as `read_commit_log` and
/// `batches_behind`.
[[nodiscard]] auto overlay_commit_log(lmdb_store& store, const std::filesystem::path& directory)
    -> result<void>;

} // namespace tusker
