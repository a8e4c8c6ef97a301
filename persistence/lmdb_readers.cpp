#include <tusker/persistence/lmdb_readers.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>

namespace tusker {

namespace {

/// Whether a reading transaction sees the commit it says it sees. LMDB notes the number of the last durable commit n
/// first and copies the root from n's meta page then; commit n + 2 goes into the same page. A reader that is held up
/// between the two would see n + 2 before it is durable, and the next reader would see n + 1 again.
auto is_settled(MDB_env* env, const lmdb_transaction& transaction) -> bool {
  MDB_envinfo info{};
  return mdb_env_info(env, &info) == MDB_SUCCESS && info.me_last_txnid < mdb_txn_id(transaction.get()) + 2;
}

auto info_of(MDB_env* env) -> MDB_envinfo {
  MDB_envinfo info{};
  mdb_env_info(env, &info);
  return info;
}

/// REQUIRES: the map stays where it is.
auto extent_of(MDB_env* env) -> lmdb_extent {
  MDB_stat stat{};
  mdb_env_stat(env, &stat);
  return {std::uint64_t{info_of(env).me_last_pgno} + 1, stat.ms_psize};
}

/// LMDB tells its table of readers as text only: a heading, then process, thread and transaction of each, where one
/// that does not read at the moment has a dash for the transaction.
struct reader_table {
  std::uint64_t slots = 0;
  std::uint64_t oldest = 0; ///< The oldest transaction that is read; 0 when none is.

  void take(const char* line) {
    auto words = std::istringstream(line);
    std::uint64_t process = 0;
    std::string thread;
    std::uint64_t transaction = 0;
    if (!(words >> process >> thread))
      return;
    ++slots;
    if (words >> transaction)
      oldest = oldest == 0 ? transaction : std::min(oldest, transaction);
  }
};

auto take_line(const char* line, void* table) -> int {
  static_cast<reader_table*>(table)->take(line);
  return 0;
}

} // namespace

lmdb_readers::lmdb_readers(MDB_env* env, std::chrono::milliseconds long_read, reader_gate::clock now)
    : env_(env), pool_(env), now_(std::move(now)), gate_(long_read, now_), checked_(now_()) {
  // Slots of processes that were killed would keep old pages from being used again.
  mdb_reader_check(env_, nullptr);
}

auto lmdb_readers::begin() -> result<lmdb_read> {
  for (;;) {
    auto code = 0;
    {
      auto pass = reader_gate::pass(gate_);
      MDB_txn* raw = nullptr;
      code = pool_.begin(&raw);
      if (code == MDB_SUCCESS) {
        auto transaction = lmdb_transaction::adopt(raw, pool_);
        if (is_settled(env_, transaction))
          return lmdb_read{std::move(pass), std::move(transaction)};
      } else if (code != MDB_MAP_RESIZED) {
        return fail(lmdb_error(code, "a read cannot begin"));
      }
    }
    if (code == MDB_MAP_RESIZED)
      if (auto moved = gate_.alone([&] { return mdb_env_set_mapsize(env_, 0); }); moved != MDB_SUCCESS)
        return fail(lmdb_error(moved, "the map cannot follow the file"));
  }
}

auto lmdb_readers::grow_map(std::uint64_t map_bytes_max) -> result<bool> {
  auto now = std::uint64_t{0};
  {
    auto pass = reader_gate::pass(gate_);
    now = info_of(env_).me_mapsize;
  }
  if (now >= map_bytes_max)
    return false;
  auto wanted = now > map_bytes_max / 2 ? map_bytes_max : 2 * now;
  if (auto code = gate_.alone([&] { return mdb_env_set_mapsize(env_, wanted); }); code != MDB_SUCCESS)
    return fail(lmdb_error(code, "the map cannot grow to " + std::to_string(wanted) + " bytes"));
  ++growths_;
  return true;
}

void lmdb_readers::free_stale_slots() {
  {
    std::lock_guard lock(check_mutex_);
    if (now_() - checked_ < std::chrono::minutes(1))
      return;
    checked_ = now_();
  }
  auto dead = 0;
  mdb_reader_check(env_, &dead);
  stale_ += static_cast<std::uint64_t>(std::max(dead, 0));
}

auto lmdb_readers::extent() -> lmdb_extent {
  // It stands in the map.
  auto pass = reader_gate::pass(gate_);
  return extent_of(env_);
}

auto lmdb_readers::stats() -> result<storage_stats> {
  free_stale_slots();
  // The map may be moved by the writer, and the two calls below look into it.
  auto pass = reader_gate::pass(gate_);
  reader_table table;
  if (auto code = mdb_reader_list(env_, take_line, &table); code < 0)
    return fail(lmdb_error(code, "the readers cannot be listed"));
  auto info = info_of(env_);
  storage_stats stats;
  stats.map_bytes = info.me_mapsize;
  auto extent = extent_of(env_);
  stats.used_bytes = extent.pages * extent.page_bytes;
  stats.readers = table.slots;
  stats.readers_max = info.me_maxreaders;
  stats.oldest_reader_commits =
      table.oldest == 0 ? 0 : info.me_last_txnid - std::min<std::uint64_t>(table.oldest, info.me_last_txnid);
  stats.oldest_read = gate_.oldest_read();
  stats.long_reads = gate_.long_reads();
  stats.stale_readers = stale_;
  stats.map_growths = growths_;
  return stats;
}

} // namespace tusker
