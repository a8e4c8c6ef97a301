#include <tusker/bench/indexed_log.hpp>

#include <tusker/bench/sample_log.hpp>
#include <tusker/persistence/event_record.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_keys.hpp>

#include <cstring>
#include <map>
#include <utility>

namespace tusker::bench {

namespace {

constexpr shard_count shards{64};

template <class Number>
auto native(const Number& number) -> std::string_view {
  return {reinterpret_cast<const char*>(&number), sizeof(number)};
}

auto damaged(log_offset offset) -> error {
  return {journal_errc::corrupt,
          "the event at offset " + std::to_string(offset.value()) + " is damaged or missing"};
}

auto is_of_type(const event_record& record, std::uint32_t type) -> bool {
  return record.header.type.value() == type;
}

} // namespace

auto make_ready(std::uint64_t n) -> ready_event {
  static const std::map<std::string, std::uint32_t> numbers = [] {
    std::map<std::string, std::uint32_t> made;
    for (std::uint32_t at = 0; at < sample_types.size(); ++at)
      made[sample_types[at]] = at + 1;
    made[rare_sample_type] = ready_rare_type;
    return made;
  }();
  auto item = sample_item(n, shards);
  ready_event ready{
      {}, n / 4 + 1, n % 4 + 1, numbers.at(sample_type(n)), sample_category(n) == "order" ? 1U : 2U};
  event_header header;
  header.stream = stream_number(ready.stream);
  header.version = stream_version(ready.version);
  header.type = name_number(ready.type);
  header.category = name_number(ready.category);
  header.shard = item.shard;
  header.time = item.time;
  header.id = item.events[0].id;
  ready.record = encode_event_record(log_offset(n + 1), header, item.events[0]);
  return ready;
}

auto indexed_log::make(const std::filesystem::path& folder, unsigned flags, log_indexes indexes)
    -> result<indexed_log> {
  auto env = raw_environment::make(folder, flags);
  if (!env)
    return fail(env.error());
  indexed_log log(std::move(*env), indexes);
  return log.open_tables().map([&] { return std::move(log); });
}

auto indexed_log::open_tables() -> result<void> {
  constexpr unsigned index_flags = MDB_INTEGERKEY | MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP;
  struct wanted {
    const char* name;
    unsigned flags;
    MDB_dbi tables::*table;
  };
  std::vector<wanted> all{{"ev", 0, &tables::events}, {"st", 0, &tables::stream_events}};
  if (indexes_ == log_indexes::type_and_category) {
    all.push_back({"ty", index_flags, &tables::types});
    all.push_back({"cat", index_flags, &tables::categories});
  }
  for (const auto& one : all) {
    auto table = env_.table(one.name, one.flags);
    if (!table)
      return fail(table.error());
    tables_.*one.table = *table;
  }
  return {};
}

auto indexed_log::put(const lmdb_transaction& into, std::uint64_t offset, const ready_event& event) const
    -> result<void> {
  auto key = event_key(log_offset(offset));
  auto done = lmdb_put(into, tables_.events, key, event.record, MDB_APPEND);
  if (done)
    done = lmdb_put(into, tables_.stream_events,
                    stream_event_key(stream_number(event.stream), stream_version(event.version)), key,
                    MDB_NOOVERWRITE);
  if (!done || indexes_ == log_indexes::none)
    return done;
  done = lmdb_put(into, tables_.types, native(event.type), native(offset), MDB_APPENDDUP);
  return done ? lmdb_put(into, tables_.categories, native(event.category), native(offset), MDB_APPENDDUP)
              : done;
}

auto indexed_log::append(std::uint64_t first, const std::vector<ready_event>& batch) -> result<void> {
  auto transaction = env_.begin(0);
  if (!transaction)
    return fail(transaction.error());
  for (std::size_t at = 0; at < batch.size(); ++at)
    if (auto done = put(*transaction, first + at, batch[at]); !done)
      return done;
  return std::move(*transaction).commit();
}

auto indexed_log::count_by_header(std::uint32_t type) const -> result<std::uint64_t> {
  auto transaction = env_.begin(MDB_RDONLY);
  auto cursor = transaction ? lmdb_cursor::open(*transaction, tables_.events) : fail(transaction.error());
  if (!cursor)
    return fail(cursor.error());
  std::uint64_t count = 0;
  for (auto found = cursor->move(MDB_FIRST);; found = cursor->move(MDB_NEXT)) {
    if (!found)
      return fail(found.error());
    if (!*found)
      return count;
    auto offset = offset_of_event_key(cursor->key());
    auto record = decode_event_record(offset, cursor->value());
    if (!record)
      return fail(damaged(offset));
    count += is_of_type(*record, type) ? 1U : 0U;
  }
}

auto indexed_log::count_by_index(std::uint32_t type) const -> result<std::uint64_t> {
  auto transaction = env_.begin(MDB_RDONLY);
  auto index = transaction ? lmdb_cursor::open(*transaction, tables_.types) : fail(transaction.error());
  auto events = transaction ? lmdb_cursor::open(*transaction, tables_.events) : fail(transaction.error());
  if (!index || !events)
    return fail(!index ? index.error() : events.error());
  std::uint64_t count = 0;
  auto found = index->seek(native(type));
  for (; found && *found; found = index->move(MDB_NEXT_DUP)) {
    std::uint64_t number = 0;
    std::memcpy(&number, index->value().data(), sizeof(number));
    const log_offset offset(number);
    // Offsets rise, so the cursor mostly stays on its page, as a careful reader of the index would have it.
    auto there = events->seek(event_key(offset));
    if (!there)
      return fail(there.error());
    auto record = *there ? decode_event_record(offset, events->value()) : std::nullopt;
    if (!record || !is_of_type(*record, type))
      return fail(damaged(offset));
    ++count;
  }
  return found ? result<std::uint64_t>(count) : fail(found.error());
}

} // namespace tusker::bench
