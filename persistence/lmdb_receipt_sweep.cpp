#include <tusker/persistence/lmdb_receipt_sweep.hpp>

#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/receipt_age.hpp>
#include <tusker/persistence/stored_codec.hpp>

#include <algorithm>

namespace tusker {

namespace {

/// Ids without a time stand in between; a sweep passes over so many entries at the most.
constexpr std::size_t steps_max = 16;

/// When the receipt was recorded. A damaged one is as good as new: it stays for `verify` to find.
auto recorded_at(const row_cursor& receipt) -> timestamp {
  auto body = unframe(receipt.key(), receipt.value());
  auto stored = body ? decode_receipt(*body) : std::nullopt;
  return stored ? stored->outcome.time : timestamp::max();
}

} // namespace

auto lmdb_receipt_sweep::sweep(const journal_rows& rows, const lmdb_tables& tables, shard_owner& shard,
                               timestamp now) -> result<bool> {
  auto horizon = receipt_horizon(now, kept_);
  auto& at = places_[shard.shard.value()];
  if (at.oldest >= horizon)
    return false;
  auto dropped = droppable(rows, tables, shard.shard, at, {horizon, now});
  if (!dropped)
    return fail(dropped.error());
  for (const auto& key : *dropped) {
    if (auto erased = rows.erase(tables.receipts, key); !erased)
      return fail(erased.error());
    auto time = time_of_command(command_of_receipt_key(key));
    shard.receipts_from = std::max(shard.receipts_from, kept_after(time.value_or(timestamp())));
  }
  return !dropped->empty();
}

/// The next few receipts that need not be kept; moves the place on.
auto lmdb_receipt_sweep::droppable(const journal_rows& rows, const lmdb_tables& tables, shard_id shard,
                                   place& at, times when) -> result<std::vector<std::string>> {
  auto cursor = row_cursor::open(rows, tables.receipts);
  if (!cursor)
    return fail(cursor.error());
  auto prefix = shard_key(shard);
  std::vector<std::string> keys;
  auto found = cursor->seek(at.next.empty() ? prefix : at.next);
  for (std::size_t step = 0; step < steps_max && keys.size() < receipts_dropped_per_item; ++step) {
    if (!found)
      return fail(found.error());
    auto is_end = !*found || !cursor->key().starts_with(prefix);
    auto command = is_end ? command_id() : command_of_receipt_key(cursor->key());
    auto time = is_end ? when.now : time_of_command(command);
    if (time && *time >= when.horizon) {
      // All behind it is as young. When it has aged, the sweep begins anew with what was too young at first.
      at = {{}, *time};
      return keys;
    }
    at.next = cursor->key();
    if (is_droppable(command, recorded_at(*cursor), when.horizon))
      keys.push_back(at.next);
    found = cursor->next();
  }
  // The entry it ended at was looked at: the next sweep goes on behind it.
  at.next.push_back('\0');
  return keys;
}

} // namespace tusker
