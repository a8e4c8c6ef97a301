#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_read_pool.hpp>
#include <tusker/persistence/reader_gate.hpp>
#include <tusker/persistence/storage_stats.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>

namespace tusker {

/// A read transaction that has passed the gate. Members end from the last to the first: the transaction before the
/// pass.
struct lmdb_read {
  reader_gate::pass pass;
  lmdb_transaction transaction;
};

/// How far a data file is used.
struct lmdb_extent {
  std::uint64_t pages = 0; ///< Up to the last one that was ever used.
  std::uint64_t page_bytes = 0;
};

/// The readers of an environment: this process's go through a gate, so that the map can be moved while nobody looks
/// into it; those of all processes stand in LMDB's table, whose dead entries would keep old pages from being used.
class lmdb_readers {
public:
  lmdb_readers(MDB_env* env, std::chrono::milliseconds long_read)
      : lmdb_readers(env, long_read, clock_for_limit(long_read)) {}
  lmdb_readers(MDB_env* env, std::chrono::milliseconds long_read, reader_gate::clock now);

  /// A snapshot of what is durable; it moves the map first where another process made the file outgrow it.
  /// Errors: as `lmdb_error`.
  [[nodiscard]] auto begin() -> result<lmdb_read>;

  /// Doubles the map, up to `map_bytes_max`, once the reads that go on have ended. Returns whether it could grow.
  /// REQUIRES: no write transaction is open. Errors: as `lmdb_error`.
  [[nodiscard]] auto grow_map(std::uint64_t map_bytes_max) -> result<bool>;

  /// What `write` gives, which is called again in a larger map as long as that is full and may grow. Errors: those of
  /// `write`, of `grow_map`. REQUIRES: as `grow_map`, between the calls.
  template <class Write>
  [[nodiscard]] auto with_room(std::uint64_t map_bytes_max, const Write& write) -> decltype(write()) {
    for (;;) {
      auto written = write();
      if (written || !is_map_full(written.error()))
        return written;
      auto grown = grow_map(map_bytes_max);
      if (!grown)
        return fail(grown.error());
      if (!*grown)
        return written;
    }
  }

  /// From any thread, also while the map is moved.
  [[nodiscard]] auto extent() -> lmdb_extent;

  /// Frees the slots of processes that died, if the last time was a minute ago or more. From any thread.
  void free_stale_slots();

  /// Frees stale slots first, so that who looks every minute keeps them free. Errors: as `lmdb_error`.
  [[nodiscard]] auto stats() -> result<storage_stats>;

private:
  MDB_env* env_;
  lmdb_read_pool pool_;
  reader_gate::clock now_;
  reader_gate gate_;
  std::mutex check_mutex_; // guards `checked_`
  std::chrono::steady_clock::time_point checked_;
  std::atomic<std::uint64_t> stale_ = 0;
  std::atomic<std::uint64_t> growths_ = 0;
};

} // namespace tusker
