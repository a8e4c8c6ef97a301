#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/apply_room.hpp>
#include <tusker/persistence/commit_log.hpp>
#include <tusker/persistence/commit_log_batch.hpp>
#include <tusker/persistence/commit_path.hpp>
#include <tusker/persistence/direct_commits.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/log_applier.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace tusker {

/// Each batch is one append to the commit log and one fdatasync; LMDB gets it later, from the tail. A batch for which
/// there is no room, in the log or in LMDB later, is committed in LMDB directly, which says exactly what fits.
class logged_commits final : public commit_path {
public:
  /// Brings LMDB up to the log that is there, durably, and goes on behind it. Gives the store its tail. The store must
  /// outlive it. Errors: `journal_errc::corrupt`, `unsupported_format`, `storage_full`, `io_error`.
  [[nodiscard]] static auto open(lmdb_store& store, const journal_options& options)
      -> result<std::unique_ptr<logged_commits>>;

  [[nodiscard]] auto begin(std::size_t bytes) -> result<std::unique_ptr<journal_write>> override;

private:
  class write;

  logged_commits(const lmdb_store& store, std::unique_ptr<commit_log> log, const journal_options& options);

  void pace(std::size_t bytes);

  const lmdb_store& store_;
  std::unique_ptr<commit_log> log_;
  commit_log_batch batch_; ///< Of the write that goes on; keeps its memory.
  apply_room room_;
  direct_commits direct_;
  std::uint64_t log_bytes_max_;
  log_applier applier_; // The last: it stops before what it works on goes.
};

/// Brings LMDB up to the commit log that the journal's folder may have, durably, and removes the log: for a writer that
/// does without. Errors: as `logged_commits::open`.
[[nodiscard]] auto absorb_commit_log(const lmdb_store& store, const journal_options& options) -> result<void>;

} // namespace tusker
