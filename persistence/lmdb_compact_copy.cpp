#include <tusker/persistence/lmdb_compact_copy.hpp>

#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_file_length.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/lmdb_start.hpp>
#include <tusker/persistence/lmdb_streams.hpp>

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace tusker {

namespace {

/// Of one transaction of the copy: larger ones make LMDB 0.9 spill pages.
constexpr std::size_t entries_max = 4'096;
constexpr std::size_t bytes_max = std::size_t{4} << 20U;

/// The streams that readers are not shown all of: up to which version they are not.
using cut_streams = std::unordered_map<std::uint64_t, stream_version>;

auto find_cut_streams(const lmdb_transaction& transaction, const lmdb_tables& tables) -> result<cut_streams> {
  cut_streams cut;
  auto cursor = lmdb_cursor::open(transaction, tables.stream_names);
  if (!cursor)
    return fail(cursor.error());
  auto found = cursor->move(MDB_FIRST);
  for (; found && *found; found = cursor->move(MDB_NEXT)) {
    auto body = unframe(cursor->key(), cursor->value());
    auto entry = body ? decode_stream_entry(*body) : std::nullopt;
    if (!entry)
      return fail(journal_errc::corrupt, "an entry of table 'smeta' is damaged");
    auto is_closed = entry->state == stream_state::tombstoned;
    auto before =
        is_closed ? stream_version(std::numeric_limits<std::uint64_t>::max()) : entry->truncated_before;
    if (before > stream_version(1))
      cut.emplace(stream_of_key(cursor->key()).value(), before);
  }
  if (!found)
    return fail(found.error());
  return cut;
}

/// Puts entries into the copy, some thousand a transaction.
class copy_writer {
public:
  explicit copy_writer(MDB_env* env) : env_(env) {}

  /// REQUIRES: a key behind all others of its table. The bytes are not the copy's.
  auto put(MDB_dbi table, std::string_view key, std::string_view value) -> result<void> {
    if (auto begun = begin(); !begun)
      return begun;
    if (auto put = lmdb_put(*transaction_, table, key, value, MDB_APPEND); !put)
      return put;
    ++entries_;
    bytes_ += key.size() + value.size();
    return entries_ < entries_max && bytes_ < bytes_max ? result<void>() : commit();
  }

  auto make_table(const char* name, MDB_dbi& table) -> result<void> {
    if (auto begun = begin(); !begun)
      return begun;
    return open_lmdb_table(*transaction_, name, MDB_CREATE, "the copy", table);
  }

  auto commit() -> result<void> {
    if (!transaction_)
      return {};
    auto committed = std::move(*transaction_).commit();
    transaction_.reset();
    entries_ = bytes_ = 0;
    return committed;
  }

private:
  auto begin() -> result<void> {
    if (transaction_)
      return {};
    return lmdb_transaction::begin(env_, 0).map(
        [&](lmdb_transaction begun) { transaction_.emplace(std::move(begun)); });
  }

  MDB_env* env_;
  std::optional<lmdb_transaction> transaction_;
  std::size_t entries_ = 0;
  std::size_t bytes_ = 0;
};

/// What is stored of an event when nobody is shown it any more; none when that is what is stored.
auto emptied(log_offset offset, const event_record& record) -> std::optional<std::string> {
  event_data nothing;
  nothing.content.json = "null";
  auto bytes = encode_event_record(offset, record.header, nothing);
  auto stored_bytes = event_header_bytes + record.meta.size() + record.content.bytes.size();
  return bytes.size() == stored_bytes && record.content.bytes == "null" ? std::nullopt
                                                                        : std::optional(std::move(bytes));
}

class compacting {
public:
  compacting(const lmdb_transaction& transaction, const lmdb_tables& tables, cut_streams cut, MDB_env* to)
      : transaction_(transaction), tables_(tables), cut_(std::move(cut)), writer_(to) {}

  auto run() -> result<compact_copy_report> {
    for (const auto& table : lmdb_table_names) {
      // A table that was added to the format since may be missing, and is made when the copy is written to.
      if (tables_.*table.table == 0)
        continue;
      MDB_dbi copy = 0;
      if (auto made = writer_.make_table(table.name, copy); !made)
        return fail(made.error());
      if (auto copied = copy_table(tables_.*table.table, copy); !copied)
        return fail(copied.error());
    }
    if (auto committed = writer_.commit(); !committed)
      return fail(committed.error());
    return report_;
  }

private:
  auto copy_table(MDB_dbi from, MDB_dbi to) -> result<void> {
    auto cursor = lmdb_cursor::open(transaction_, from);
    if (!cursor)
      return fail(cursor.error());
    auto found = cursor->move(MDB_FIRST);
    for (; found && *found; found = cursor->move(MDB_NEXT)) {
      auto copied = from == tables_.events ? copy_event(to, cursor->key(), cursor->value())
                                           : writer_.put(to, cursor->key(), cursor->value());
      if (!copied)
        return copied;
    }
    return found ? result<void>() : fail(found.error());
  }

  auto copy_event(MDB_dbi to, std::string_view key, std::string_view value) -> result<void> {
    auto offset = offset_of_event_key(key);
    auto record = decode_event_record(offset, value);
    if (!record)
      return fail(journal_errc::corrupt,
                  "the event at offset " + std::to_string(offset.value()) + " is damaged");
    auto cut = cut_.find(record->header.stream.value());
    auto is_gone = cut != cut_.end() && record->header.version < cut->second;
    auto nothing = is_gone ? emptied(offset, *record) : std::nullopt;
    report_.events_emptied += nothing ? 1 : 0;
    return writer_.put(to, key, nothing ? std::string_view(*nothing) : value);
  }

  const lmdb_transaction& transaction_;
  const lmdb_tables& tables_;
  cut_streams cut_;
  copy_writer writer_;
  compact_copy_report report_;
};

auto start_of(const lmdb_store& from, const std::filesystem::path& to) -> result<lmdb_start> {
  auto storage = from.readers->stats();
  if (!storage)
    return fail(storage.error());
  constexpr unsigned readers_max = 8;
  constexpr std::uint64_t room = std::uint64_t{1} << 30U;
  // The copy is never larger than what is copied by more than what LMDB needs to work.
  return lmdb_start{"copy", to.parent_path(), lmdb_table_names.size() + 6, readers_max,
                    2 * storage->used_bytes + room};
}

} // namespace

auto copy_compacted(const lmdb_store& from, const std::filesystem::path& to) -> result<compact_copy_report> {
  auto start = start_of(from, to);
  if (!start)
    return fail(start.error());
  compact_copy_report report;
  auto fill = [&](const lmdb_env& env) -> result<void> {
    auto read = from.readers->begin();
    if (!read)
      return fail(read.error());
    auto cut = find_cut_streams(read->transaction, from.tables);
    if (!cut)
      return fail(cut.error());
    // One sync at the end: until then the copy has a name that nobody believes.
    mdb_env_set_flags(env.get(), MDB_NOSYNC, 1);
    auto copied = compacting(read->transaction, from.tables, std::move(*cut), env.get()).run();
    if (!copied)
      return fail(copied.error());
    report = *copied;
    lengthen_data_file(env.get());
    if (auto code = mdb_env_sync(env.get(), 1); code != MDB_SUCCESS)
      return fail(lmdb_error(code, "the copy cannot be made durable"));
    return {};
  };
  if (auto made = make_lmdb_file(*start, to, fill); !made)
    return fail(made.error());
  return report;
}

} // namespace tusker
