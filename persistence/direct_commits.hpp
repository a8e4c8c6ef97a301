#pragma once

#include <tusker/persistence/commit_path.hpp>
#include <tusker/persistence/lmdb_handle.hpp>

namespace tusker {

/// Each batch is one transaction of LMDB, with LMDB's own sync.
class direct_commits final : public commit_path {
public:
  explicit direct_commits(MDB_env* env) : env_(env) {}

  [[nodiscard]] auto begin(std::size_t bytes) -> result<std::unique_ptr<journal_write>> override;

private:
  MDB_env* env_;
};

/// Commits, and gives the data file its length. Errors: as `commit_error`.
[[nodiscard]] auto commit_whole(MDB_env* env, lmdb_transaction transaction) -> result<void>;

} // namespace tusker
