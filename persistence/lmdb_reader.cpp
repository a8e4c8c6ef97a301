#include <tusker/persistence/lmdb_reader.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_read.hpp>
#include <tusker/persistence/lmdb_entries.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/lmdb_log_scan.hpp>
#include <tusker/persistence/lmdb_side_entries.hpp>
#include <tusker/persistence/lmdb_stored_event.hpp>
#include <tusker/persistence/lmdb_streams.hpp>
#include <tusker/persistence/scan_limit.hpp>
#include <tusker/persistence/stream_start.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace tusker {

namespace {

/// One event of a stream, found through the stream's index and checked against it.
auto fetch(const journal_rows& rows, const lmdb_tables& tables, const row_cursor& entry)
    -> result<std::pair<log_offset, event_record>> {
  auto offset = offset_of_event_key(entry.value());
  auto place = "the event at offset " + std::to_string(offset.value());
  auto value = rows.find(tables.events, event_key(offset));
  if (!value)
    return fail(value.error());
  auto record = *value ? decode_event_record(offset, **value) : std::nullopt;
  if (!record)
    return fail(journal_errc::corrupt, place + " is damaged or missing");
  if (record->header.stream != stream_of_key(entry.key()) ||
      record->header.version != version_of_key(entry.key()))
    return fail(journal_errc::corrupt, place + " is not the one that table 'st' says stands there");
  return std::pair(offset, *record);
}

/// How many events a slice has at the most, where that is known before.
auto events_ahead(const log_slice& slice, const read_limit& limit, const log_filter& filter) -> std::size_t {
  constexpr std::uint64_t events_max = 1'000;
  if (!filter.wants_all() || slice.head <= slice.scanned_to)
    return 0;
  return std::min(
      {slice.head.value() - slice.scanned_to.value(), std::uint64_t{limit.events_max}, events_max});
}

} // namespace

auto lmdb_reader::info() const -> result<journal_info> {
  auto read = begin_read(store_);
  if (!read)
    return fail(read.error());
  // Both are numbered from 1 without a gap.
  auto streams = last_stream(read->rows, store_.tables);
  if (!streams)
    return fail(streams.error());
  auto events = last_offset(read->rows, store_.tables);
  if (!events)
    return fail(events.error());
  return journal_info{"lmdb",        lmdb_format_version, store_.id,
                      store_.shards, streams->value(),    events->value()};
}

auto lmdb_reader::read_stream(const stream_id& stream, stream_version from, read_limit limit,
                              read_direction direction) const -> result<stream_slice> {
  auto read = begin_read(store_);
  if (!read)
    return fail(read.error());
  auto number = find_stream(read->rows, store_.tables, stream);
  if (!number || !*number)
    return number.map([](const auto&) { return stream_slice(); });
  return read_slice({read->rows, stream, **number}, from, limit, direction);
}

auto lmdb_reader::read_start(const stream_id& stream, read_limit limit) const -> result<stream_start> {
  auto read = begin_read(store_);
  if (!read)
    return fail(read.error());
  auto number = find_stream(read->rows, store_.tables, stream);
  if (!number || !*number)
    return number.map([](const auto&) { return stream_start(); });
  auto start = start_with(find_snapshot(read->rows, store_.tables, **number));
  if (!start)
    return start;
  auto from = first_behind_snapshot(*start);
  auto slice = read_slice({read->rows, stream, **number}, from, limit, read_direction::forward);
  if (!slice)
    return fail(slice.error());
  start->slice = std::move(*slice);
  return start;
}

auto lmdb_reader::read_slice(const slice_source& of, stream_version from, read_limit limit,
                             read_direction direction) const -> result<stream_slice> {
  auto head = head_of_stream(of.rows, store_.tables, of.number);
  auto entry = entry_of_stream(of.rows, store_.tables, of.number);
  auto cursor = row_cursor::open(of.rows, store_.tables.stream_events);
  if (!head || !entry || !cursor)
    return fail(!head ? head.error() : !entry ? entry.error() : cursor.error());
  stream_slice slice;
  slice.head = *head;
  slice.first = first_version(*entry, *head);
  auto backward = direction == read_direction::backward;
  auto version = backward ? std::min(from, *head) : std::max(from, slice.first);
  std::size_t bytes = 0;
  type_names types(of.rows, store_.tables, names_);
  auto found = cursor->seek(stream_event_key(of.number, version));
  while (version >= slice.first && version <= *head) {
    if (!found)
      return fail(found.error());
    if (!*found || cursor->key() != stream_event_key(of.number, version))
      return fail(journal_errc::corrupt, "version " + std::to_string(version.value()) + " of stream '" +
                                             of.stream.name() + "' is missing in table 'st'");
    auto record = fetch(of.rows, store_.tables, *cursor);
    if (!record)
      return fail(record.error());
    auto size = record->second.content.text_bytes() + record->second.meta.size();
    if (is_full(slice.events.size(), bytes, size, limit)) {
      slice.next = version;
      return slice;
    }
    if (auto added = add_event(types, record->first, record->second, slice.events); !added)
      return fail(added.error());
    slice.events.back().stream = of.stream;
    bytes += size;
    version = backward ? version.previous() : version.next();
    found = backward ? cursor->previous() : cursor->next();
  }
  return slice;
}

auto lmdb_reader::read_log(log_offset after, read_limit limit, const log_filter& filter) const
    -> result<log_slice> {
  auto read = begin_read(store_);
  if (!read)
    return fail(read.error());
  // With a filter the head says nothing of how much there is, so it is looked for at the end.
  auto head = filter.wants_all() ? last_offset(read->rows, store_.tables) : before_all_events;
  auto wanted = header_filter::make(read->rows, store_.tables, filter);
  auto scan = log_scan::begin(read->rows, store_.tables, after);
  if (!head || !wanted || !scan)
    return fail(!head ? head.error() : !wanted ? wanted.error() : scan.error());
  log_slice slice{{}, after, *head};
  slice.events.reserve(events_ahead(slice, limit, filter));
  std::size_t bytes = 0;
  entry_cache streams;
  type_names types(read->rows, store_.tables, names_);
  scan_budget budget(limit);
  auto is_at_end = false;
  while (!budget.is_spent()) {
    auto found = scan->next();
    if (!found)
      return fail(found.error());
    is_at_end = !*found;
    if (is_at_end)
      break;
    const auto& record = scan->record();
    const auto& header = record.header;
    auto size = record.content.text_bytes() + record.meta.size();
    budget.spend(size);
    if (wanted->passes(header)) {
      auto entry = streams.of(read->rows, store_.tables, header.stream);
      if (!entry)
        return fail(entry.error());
      auto is_shown =
          (*entry)->shows(header.version) && (*entry)->stream.name().starts_with(filter.stream_prefix);
      if (is_shown && is_full(slice.events.size(), bytes, size, limit))
        break;
      if (is_shown) {
        auto added = add_event(types, scan->offset(), record, slice.events);
        if (!added)
          return fail(added.error());
        slice.events.back().stream = (*entry)->stream;
        bytes += size;
      }
    }
    slice.scanned_to = scan->offset();
  }
  // Who has looked through to the end has seen it.
  if (!filter.wants_all())
    head = is_at_end && slice.scanned_to > after ? slice.scanned_to : last_offset(read->rows, store_.tables);
  if (!head)
    return fail(head.error());
  slice.head = *head;
  return slice;
}

auto lmdb_reader::head() const -> result<log_offset> {
  auto read = begin_read(store_);
  if (!read)
    return fail(read.error());
  return last_offset(read->rows, store_.tables);
}

auto lmdb_reader::stream_head(const stream_id& stream) const -> result<stream_version> {
  auto read = begin_read(store_);
  if (!read)
    return fail(read.error());
  auto number = find_stream(read->rows, store_.tables, stream);
  if (!number || !*number)
    return number.map([](const auto&) { return empty_stream; });
  return head_of_stream(read->rows, store_.tables, **number);
}

auto lmdb_reader::list_streams(const std::string& category, const std::string& after,
                               std::size_t streams_max) const -> result<std::vector<stream_summary>> {
  auto read = begin_read(store_);
  if (!read)
    return fail(read.error());
  auto cursor = row_cursor::open(read->rows, store_.tables.stream_numbers);
  if (!cursor)
    return fail(cursor.error());
  auto prefix = category.empty() ? std::string() : category + "-";
  auto start = std::max(prefix, stream_name_key(after));
  std::vector<stream_summary> streams;
  // LMDB takes no empty key; the first name there could be is one zero byte.
  for (auto found = cursor->seek(start.empty() ? std::string(1, '\0') : start); streams.size() < streams_max;
       found = cursor->next()) {
    if (!found)
      return fail(found.error());
    if (!*found || !cursor->key().starts_with(prefix))
      break;
    if (!after.empty() && cursor->key() == stream_name_key(after))
      continue;
    auto summary = summary_of(read->rows, *cursor);
    if (!summary)
      return fail(summary.error());
    streams.push_back(std::move(*summary));
  }
  return streams;
}

auto lmdb_reader::summary_of(const journal_rows& rows, const row_cursor& at) const -> result<stream_summary> {
  auto body = unframe(at.key(), at.value());
  if (!body)
    return fail(journal_errc::corrupt,
                "the entry of stream '" + std::string(at.key()) + "' in table 'sname' is damaged");
  auto number = stream_number(byte_reader(*body).little<std::uint64_t>());
  auto entry = entry_of_stream(rows, store_.tables, number);
  if (!entry)
    return fail(entry.error());
  if (stream_name_key(entry->stream.name()) != at.key())
    return fail(journal_errc::corrupt, "stream number " + std::to_string(number.value()) + " is '" +
                                           entry->stream.name() + "' in table 'smeta' and '" +
                                           std::string(at.key()) + "' in table 'sname'");
  auto version = head_of_stream(rows, store_.tables, number);
  if (!version)
    return fail(version.error());
  auto first = first_version(*entry, *version);
  return stream_summary{std::move(entry->stream), *version, first, entry->state};
}

auto lmdb_reader::find_receipt(const stream_id& stream, command_id command) const
    -> result<std::optional<stored_receipt>> {
  auto read = begin_read(store_);
  if (!read)
    return fail(read.error());
  auto key = receipt_key(shard_of(stream, store_.shards), stream, command);
  return tusker::find_receipt(read->rows, store_.tables, key);
}

auto lmdb_reader::read_snapshot(const stream_id& stream) const -> result<std::optional<stored_snapshot>> {
  auto read = begin_read(store_);
  if (!read)
    return fail(read.error());
  auto number = find_stream(read->rows, store_.tables, stream);
  if (!number || !*number)
    return number.map([](const auto&) { return std::optional<stored_snapshot>(); });
  return find_snapshot(read->rows, store_.tables, **number);
}

auto lmdb_reader::storage() const -> result<storage_stats> {
  auto stats = store_.readers->stats();
  if (stats && store_.tail)
    stats->unapplied_bytes = store_.tail->bytes();
  return stats;
}

auto lmdb_reader::read_timers(shard_id shard, const std::optional<timer_key>& after, timestamp until,
                              std::size_t timers_max) const -> result<std::vector<timer_entry>> {
  auto read = begin_read(store_);
  if (!read)
    return fail(read.error());
  return find_timers(read->rows, store_.tables, shard, after, until, timers_max);
}

auto lmdb_reader::read_outbox(shard_id shard, const std::optional<uuid>& after, std::size_t entries_max) const
    -> result<std::vector<outbox_entry>> {
  auto read = begin_read(store_);
  if (!read)
    return fail(read.error());
  return find_outbox(read->rows, store_.tables, shard, after, entries_max);
}

auto lmdb_reader::read_notes(const stream_id& owner, const note_range& range, std::size_t notes_max) const
    -> result<std::vector<stream_note>> {
  auto read = begin_read(store_);
  if (!read)
    return fail(read.error());
  auto shard = shard_of(owner, store_.shards);
  return find_notes(read->rows, store_.tables, shard, owner, range, notes_max);
}

auto lmdb_reader::shard_owners() const -> result<std::vector<shard_owner>> {
  auto read = begin_read(store_);
  if (!read)
    return fail(read.error());
  std::vector<shard_owner> owners;
  for (std::uint16_t number = 0; number < store_.shards.value(); ++number) {
    auto owner = find_shard_owner(read->rows, store_.tables, shard_id(number));
    if (!owner)
      return fail(owner.error());
    owners.push_back(std::move(*owner));
  }
  return owners;
}

} // namespace tusker
