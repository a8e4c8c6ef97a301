#include <tusker/persistence/journal_census.hpp>

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/file_bytes.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_read.hpp>
#include <tusker/persistence/lmdb_log_scan.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/lmdb_stored_event.hpp>
#include <tusker/persistence/lmdb_streams.hpp>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace tusker {

namespace {

/// LMDB's own table of free pages.
constexpr MDB_dbi free_list = 0;

auto stat_of(const lmdb_transaction& transaction, MDB_dbi table) -> result<MDB_stat> {
  MDB_stat stat{};
  if (auto code = mdb_stat(transaction.get(), table, &stat); code != MDB_SUCCESS)
    return fail(lmdb_error(code, "a table cannot be counted"));
  return stat;
}

/// Each entry of the free list is an array of page numbers behind their count.
auto free_pages_in(const lmdb_transaction& transaction) -> result<std::uint64_t> {
  auto cursor = lmdb_cursor::open(transaction, free_list);
  if (!cursor)
    return fail(cursor.error());
  std::uint64_t pages = 0;
  auto found = cursor->move(MDB_FIRST);
  for (; found && *found; found = cursor->move(MDB_NEXT)) {
    std::size_t count = 0;
    if (cursor->value().size() < sizeof count)
      return fail(journal_errc::corrupt, "an entry of the list of free pages is too short");
    std::memcpy(&count, cursor->value().data(), sizeof count);
    pages += count;
  }
  return found ? result<std::uint64_t>(pages) : fail(found.error());
}

void add(event_count& to, std::uint64_t bytes) {
  ++to.events;
  to.bytes += bytes;
}

class counting {
public:
  counting(const lmdb_store& store, const census_watch& watch) : store_(store), watch_(watch) {}

  auto run() -> result<journal_census> {
    auto storage = store_.readers->stats();
    if (!storage)
      return fail(storage.error());
    census_.storage = *storage;
    if (auto counted = count_tables(); !counted)
      return fail(counted.error());
    for (auto at = before_all_events; at < census_.head;) {
      auto scanned = count_events(at);
      if (!scanned)
        return fail(scanned.error());
      at = *scanned;
      if (watch_)
        watch_(at, census_.head);
    }
    if (auto named = name_kinds(); !named)
      return fail(named.error());
    return std::move(census_);
  }

private:
  auto count_tables() -> result<void> {
    auto read = begin_read(store_);
    if (!read)
      return fail(read.error());
    const auto& transaction = read->base.transaction;
    for (const auto& entry : lmdb_table_names) {
      if (store_.tables.*entry.table == 0)
        continue;
      auto stat = stat_of(transaction, store_.tables.*entry.table);
      if (!stat)
        return fail(stat.error());
      census_.page_bytes = stat->ms_psize;
      census_.tables.push_back({entry.name, stat->ms_entries,
                                stat->ms_branch_pages + stat->ms_leaf_pages + stat->ms_overflow_pages});
    }
    auto free = free_pages_in(transaction);
    // Both are numbered from 1 without a gap.
    auto streams = last_stream(read->rows, store_.tables);
    auto head = last_offset(read->rows, store_.tables);
    if (!free)
      return fail(free.error());
    if (!streams || !head)
      return fail(streams ? head.error() : streams.error());
    census_.free_pages = *free;
    census_.head = *head;
    census_.info = {"lmdb", lmdb_format_version, store_.id, store_.shards, streams->value(), head->value()};
    MDB_envinfo info{};
    mdb_env_info(store_.env.get(), &info);
    census_.pages = info.me_last_pgno + 1;
    return {};
  }

  /// In one short read. Returns up to where.
  auto count_events(log_offset after) -> result<log_offset> {
    constexpr std::size_t events_max = 10'000;
    auto read = begin_read(store_);
    if (!read)
      return fail(read.error());
    auto scan = log_scan::begin(read->rows, store_.tables, after);
    if (!scan)
      return fail(scan.error());
    entry_cache streams;
    for (std::size_t count = 0; count < events_max && scan->offset() < census_.head; ++count) {
      if (auto found = scan->next_stored(); !found)
        return fail(found.error());
      auto entry = streams.of(read->rows, store_.tables, scan->record().header.stream);
      if (!entry)
        return fail(entry.error());
      count_event(scan->record(), **entry);
    }
    return scan->offset();
  }

  void count_event(const event_record& record, const stream_entry& stream) {
    const auto& header = record.header;
    auto bytes = event_header_bytes + record.meta.size() + record.content.bytes.size();
    add(types_[header.type.value()], bytes);
    add(categories_[header.category.value()], bytes);
    if (!stream.shows(header.version))
      add(census_.gone, bytes);
    census_.first = std::min(census_.first.value_or(header.time), header.time);
    census_.last = std::max(census_.last.value_or(header.time), header.time);
  }

  auto name_kinds() -> result<void> {
    auto read = begin_read(store_);
    if (!read)
      return fail(read.error());
    auto name_all = [&](name_kind kind, const auto& counted, auto& named) -> result<void> {
      for (const auto& [number, count] : counted) {
        auto name = names_.name_of(read->rows, store_.tables, kind, name_number(number));
        if (!name)
          return fail(name.error());
        named.emplace(**name, count);
      }
      return {};
    };
    auto done = name_all(name_kind::event_type, types_, census_.types);
    return done ? name_all(name_kind::category, categories_, census_.categories) : done;
  }

  const lmdb_store& store_;
  const census_watch& watch_;
  name_cache names_;
  std::unordered_map<std::uint32_t, event_count> types_;
  std::unordered_map<std::uint32_t, event_count> categories_;
  journal_census census_;
};

} // namespace

auto take_census(const std::filesystem::path& directory, const census_watch& watch)
    -> result<journal_census> {
  journal_options options;
  options.directory = directory;
  options.mode = open_mode::read_only;
  auto store = open_lmdb_store(options);
  if (!store)
    return fail(store.error());
  if (auto shown = overlay_commit_log(*store, directory); !shown)
    return fail(shown.error());
  return counting(*store, watch).run().map([&](journal_census census) {
    census.file_bytes = file_bytes(directory / "data.mdb");
    return census;
  });
}

} // namespace tusker
