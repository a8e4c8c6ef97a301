#include <tusker/persistence/lmdb_side_entries.hpp>

#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/stored_codec.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace tusker {

namespace {

/// Erases the entries under all keys that `key_of` makes of what was named.
template <class Named, class KeyOf>
auto erase_all(const journal_rows& rows, MDB_dbi table, const Named& named, const KeyOf& key_of)
    -> result<void> {
  for (const auto& each : named)
    if (auto erased = rows.erase(table, key_of(each)); !erased)
      return erased;
  return {};
}

auto put_framed(const journal_rows& rows, MDB_dbi table, std::string_view key, std::string_view body)
    -> result<void> {
  return rows.put(table, key, frame(key, body));
}

auto put_timers(const journal_rows& rows, MDB_dbi table, const append_item& item) -> result<void> {
  auto key_of = [&](const timer_key& timer) { return timer_table_key(item.shard, timer); };
  if (item.fires)
    if (auto erased = rows.erase(table, key_of(item.fires->key)); !erased)
      return erased;
  if (auto erased = erase_all(rows, table, item.timers_cancelled, key_of); !erased)
    return erased;
  for (const auto& timer : item.timers)
    if (auto put = put_framed(rows, table, key_of(timer.key), encode_timer(timer)); !put)
      return put;
  return {};
}

auto put_outbox(const journal_rows& rows, MDB_dbi table, const append_item& item) -> result<void> {
  auto key_of = [&](const uuid& id) { return outbox_key(item.shard, id); };
  if (auto erased = erase_all(rows, table, item.outbox_settled, key_of); !erased)
    return erased;
  for (const auto& entry : item.outbox)
    if (auto put = put_framed(rows, table, key_of(entry.id), encode_outbox_entry(entry)); !put)
      return put;
  return {};
}

auto put_notes(const journal_rows& rows, MDB_dbi table, const append_item& item) -> result<void> {
  auto key_of = [&](std::string_view key) { return note_table_key(item.shard, item.stream, key); };
  if (auto erased = erase_all(rows, table, item.notes_removed, key_of); !erased)
    return erased;
  for (const auto& [key, content] : item.notes)
    if (auto put = put_framed(rows, table, key_of(key), encode_note(item.stream, content)); !put)
      return put;
  return {};
}

/// A part of a table whose keys begin with the shard.
struct key_range {
  shard_id shard;
  std::string prefix; ///< What the keys begin with: the shard and more.
  std::string after;  ///< Only keys behind this one; empty: from the first on.
};

auto damage_in(const key_range& range) -> error {
  return {journal_errc::corrupt, "an entry of shard " + std::to_string(range.shard.value()) + " is damaged"};
}

/// Gives `take` the bodies of a range in order, as long as it returns true; none says that the body is damaged.
template <class Take>
auto for_each_in(const journal_rows& rows, MDB_dbi table, const key_range& range, const Take& take)
    -> result<void> {
  auto cursor = row_cursor::open(rows, table);
  if (!cursor)
    return fail(cursor.error());
  for (auto found = cursor->seek(std::max(range.prefix, range.after));; found = cursor->next()) {
    if (!found)
      return fail(found.error());
    if (!*found || !cursor->key().starts_with(range.prefix))
      return {};
    if (cursor->key() == range.after)
      continue;
    auto body = unframe(cursor->key(), cursor->value());
    auto goes_on = body ? take(cursor->key(), *body) : std::nullopt;
    if (!goes_on)
      return fail(damage_in(range));
    if (!*goes_on)
      return {};
  }
}

/// Reads up to `count_max` entries of a range that `decode` makes of key and body and `wants` wants; ends at the first
/// that it does not.
template <class Entry, class Decode, class Wants>
auto entries_in(const journal_rows& rows, MDB_dbi table, const key_range& range, std::size_t count_max,
                const Decode& decode, const Wants& wants) -> result<std::vector<Entry>> {
  std::vector<Entry> entries;
  auto take = [&](std::string_view key, std::string_view body) -> std::optional<bool> {
    if (entries.size() == count_max)
      return false;
    std::optional<Entry> entry = decode(key, body);
    if (!entry)
      return std::nullopt;
    if (!wants(*entry))
      return false;
    entries.push_back(std::move(*entry));
    return true;
  };
  return for_each_in(rows, table, range, take).map([&] { return std::move(entries); });
}

} // namespace

auto put_side_entries(const journal_rows& rows, const lmdb_tables& tables, const append_item& item)
    -> result<void> {
  if (auto put = put_timers(rows, tables.timers, item); !put)
    return put;
  if (auto put = put_outbox(rows, tables.outbox, item); !put)
    return put;
  return put_notes(rows, tables.notes, item);
}

auto has_timer(const journal_rows& rows, const lmdb_tables& tables, shard_id shard, const timer_entry& timer)
    -> result<bool> {
  auto key = timer_table_key(shard, timer.key);
  // Compared byte by byte, checksum and all: equal timers have equal bytes.
  return rows.find(tables.timers, key).map([&](const auto& stored) {
    return stored && *stored == frame(key, encode_timer(timer));
  });
}

auto find_timers(const journal_rows& rows, const lmdb_tables& tables, shard_id shard,
                 const std::optional<timer_key>& after, timestamp until, std::size_t timers_max)
    -> result<std::vector<timer_entry>> {
  auto start = after ? timer_table_key(shard, *after) : std::string();
  return entries_in<timer_entry>(
      rows, tables.timers, {shard, shard_key(shard), std::move(start)}, timers_max,
      [](std::string_view key, std::string_view body) { return decode_timer(timer_of_key(key), body); },
      [&](const timer_entry& timer) { return timer.key.due <= until; });
}

auto find_outbox(const journal_rows& rows, const lmdb_tables& tables, shard_id shard,
                 const std::optional<uuid>& after, std::size_t entries_max)
    -> result<std::vector<outbox_entry>> {
  auto start = after ? outbox_key(shard, *after) : std::string();
  return entries_in<outbox_entry>(
      rows, tables.outbox, {shard, shard_key(shard), std::move(start)}, entries_max,
      [](std::string_view key, std::string_view body) {
        return decode_outbox_entry(outbox_id_of_key(key), body);
      },
      [](const outbox_entry&) { return true; });
}

auto find_notes(const journal_rows& rows, const lmdb_tables& tables, shard_id shard, const stream_id& owner,
                const note_range& range, std::size_t notes_max) -> result<std::vector<stream_note>> {
  // A journal from before there were notes, which nobody has opened for writing since.
  if (tables.notes == 0)
    return std::vector<stream_note>();
  auto start = range.after.empty() ? std::string() : note_table_key(shard, owner, range.after);
  auto decode = [&](std::string_view key, std::string_view body) -> std::optional<stream_note> {
    auto found = decode_note(note_key_of(key), body);
    // Another stream's under this one's hash would be damage too.
    return found && found->owner == owner ? std::optional(std::move(found->note)) : std::nullopt;
  };
  return entries_in<stream_note>(rows, tables.notes,
                                 {shard, note_table_key(shard, owner, range.prefix), std::move(start)},
                                 notes_max, decode, [](const stream_note&) { return true; });
}

} // namespace tusker
