#include <tusker/persistence/newest_receipts.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_keys.hpp>

#include <algorithm>
#include <limits>

namespace tusker {

namespace {

auto last_command(const journal_rows& rows, MDB_dbi receipts, shard_id shard) -> result<command_id> {
  auto cursor = row_cursor::open(rows, receipts);
  if (!cursor)
    return fail(cursor.error());
  auto is_last_shard = shard.value() == std::numeric_limits<std::uint16_t>::max();
  auto found = is_last_shard
                   ? cursor->seek_last()
                   : cursor->seek_before(shard_key(shard_id(static_cast<std::uint16_t>(shard.value() + 1))));
  if (!found)
    return fail(found.error());
  if (!*found || !cursor->key().starts_with(shard_key(shard)))
    return command_id();
  if (cursor->key().size() != receipt_key_bytes)
    return fail(journal_errc::corrupt, "a key in table 'cmd' is damaged");
  return command_of_receipt_key(cursor->key());
}

} // namespace

auto newest_receipts::is_beyond(const journal_rows& rows, MDB_dbi receipts, shard_id shard,
                                command_id command) -> result<bool> {
  auto known = newest_.find(shard.value());
  if (known == newest_.end()) {
    auto last = last_command(rows, receipts, shard);
    if (!last)
      return fail(last.error());
    known = newest_.emplace(shard.value(), *last).first;
  }
  return known->second < command;
}

void newest_receipts::note(shard_id shard, command_id command) {
  if (auto known = newest_.find(shard.value()); known != newest_.end())
    known->second = std::max(known->second, command);
}

} // namespace tusker
