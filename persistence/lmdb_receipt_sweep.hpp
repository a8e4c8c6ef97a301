#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/lmdb_store.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace tusker {

/// Drops receipts that are older than they have to be kept, a few with each append and in its transaction: so expiry
/// costs no commit of its own. Shards are swept one by one, in the order of command ids.
class lmdb_receipt_sweep {
public:
  explicit lmdb_receipt_sweep(std::chrono::hours kept) : kept_(kept) {}

  /// Sweeps on in one shard, and moves its `receipts_from` behind what was dropped. Returns whether it moved.
  /// Errors: as `lmdb_error`.
  [[nodiscard]] auto sweep(const journal_rows& rows, const lmdb_tables& tables, shard_owner& shard,
                           timestamp now) -> result<bool>;

  /// After a batch that failed: begins anew from what is stored.
  void forget() { places_.clear(); }

private:
  /// How far the sweep of a shard has come.
  struct place {
    std::string next;   ///< The key to go on at; empty: the shard's first.
    timestamp oldest{}; ///< Nothing to be done before commands of this time are old.
  };

  struct times {
    timestamp horizon; ///< What is older need not be kept.
    timestamp now;
  };

  [[nodiscard]] static auto droppable(const journal_rows& rows, const lmdb_tables& tables, shard_id shard,
                                      place& at, times when) -> result<std::vector<std::string>>;

  std::chrono::hours kept_;
  std::unordered_map<std::uint16_t, place> places_;
};

} // namespace tusker
