#pragma once

#include <lmdb.h>

#include <cstddef>
#include <mutex>
#include <vector>

namespace tusker {

/// Read transactions of an environment with MDB_NOTLS that are not in use: each keeps its slot in LMDB's table of
/// readers and its memory, so that the next read takes neither the table's lock nor an allocation. While it rests it
/// holds no page. Safe for threads.
class lmdb_read_pool {
public:
  explicit lmdb_read_pool(MDB_env* env);
  lmdb_read_pool(const lmdb_read_pool&) = delete;
  auto operator=(const lmdb_read_pool&) -> lmdb_read_pool& = delete;
  /// REQUIRES: all that were begun have ended, and the environment is open.
  ~lmdb_read_pool();

  /// Begins a read of what is durable now. Returns LMDB's code; after success `end` must follow.
  [[nodiscard]] auto begin(MDB_txn** transaction) -> int;

  /// Ends a read, and keeps its transaction for the next one unless many rest already.
  void end(MDB_txn* transaction);

private:
  [[nodiscard]] auto take() -> MDB_txn*;

  MDB_env* env_;
  std::size_t most_; ///< At rest at one time.
  std::mutex mutex_; // guards `resting_`
  std::vector<MDB_txn*> resting_;
};

} // namespace tusker
