#include <tusker/persistence/lmdb_streams.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_keys.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace tusker {

namespace {

constexpr std::uint8_t flag_tombstoned = 1;

/// The number of the stream that stands under `stream`'s key.
auto number_under_key(const journal_rows& rows, const lmdb_tables& tables, const stream_id& stream)
    -> result<std::optional<stream_number>> {
  // LMDB takes no empty key, and nobody wrote the stream without a name.
  if (stream.name().empty())
    return std::nullopt;
  auto key = stream_name_key(stream.name());
  auto value = rows.find(tables.stream_numbers, key);
  if (!value)
    return fail(value.error());
  if (!*value)
    return std::nullopt;
  byte_reader in(unframe(key, **value).value_or(std::string_view()));
  auto number = stream_number(in.little<std::uint64_t>());
  if (!in.is_finished())
    return fail(journal_errc::corrupt,
                "the entry of stream '" + stream.name() + "' in table 'sname' is damaged");
  return number;
}

/// The big-endian number in the last key of a table; 0 when the table is empty.
auto last_key_number(const journal_rows& rows, MDB_dbi table) -> result<std::uint64_t> {
  auto cursor = row_cursor::open(rows, table);
  if (!cursor)
    return fail(cursor.error());
  auto found = cursor->seek_last();
  if (!found)
    return fail(found.error());
  return *found ? byte_reader(cursor->key()).big<std::uint64_t>() : 0;
}

} // namespace

auto encode_stream_entry(const stream_entry& entry) -> std::string {
  auto flags = entry.state == stream_state::tombstoned ? flag_tombstoned : std::uint8_t{0};
  byte_writer out(sizeof(std::uint64_t) + sizeof(flags) + entry.stream.name().size());
  out.little(entry.truncated_before.value()).little(flags).bytes(entry.stream.name());
  return std::move(out).take();
}

auto decode_stream_entry(std::string_view body) -> std::optional<stream_entry> {
  byte_reader in(body);
  stream_entry entry;
  entry.truncated_before = stream_version(in.little<std::uint64_t>());
  auto flags = in.little<std::uint8_t>();
  auto stream = stream_id::parse(in.rest());
  if (!in.is_finished() || !stream || flags > flag_tombstoned)
    return std::nullopt;
  entry.state = flags == flag_tombstoned ? stream_state::tombstoned : stream_state::open;
  entry.stream = std::move(*stream);
  return entry;
}

auto place_of_stream(const journal_rows& rows, const lmdb_tables& tables, const stream_id& stream)
    -> result<stream_place> {
  auto number = number_under_key(rows, tables, stream);
  if (!number)
    return fail(number.error());
  if (!*number || stream.name().size() <= whole_name_bytes_max)
    return stream_place{*number, std::nullopt};
  return entry_of_stream(rows, tables, **number).map([&](stream_entry entry) {
    return entry.stream == stream ? stream_place{*number, std::nullopt}
                                  : stream_place{std::nullopt, std::move(entry.stream)};
  });
}

auto find_stream(const journal_rows& rows, const lmdb_tables& tables, const stream_id& stream)
    -> result<std::optional<stream_number>> {
  return place_of_stream(rows, tables, stream).map([](const stream_place& place) { return place.number; });
}

namespace {

auto to_entry(stream_number number, std::string_view key, std::optional<std::string_view> value)
    -> result<stream_entry> {
  auto body = value ? unframe(key, *value) : std::nullopt;
  auto entry = body ? decode_stream_entry(*body) : std::nullopt;
  if (!entry) {
    return fail(journal_errc::corrupt, "stream number " + std::to_string(number.value()) +
                                           " in table 'smeta' is damaged or missing");
  }
  return std::move(*entry);
}

} // namespace

auto entry_of_stream(const journal_rows& rows, const lmdb_tables& tables, stream_number number)
    -> result<stream_entry> {
  auto key = number_key(number);
  auto value = rows.find(tables.stream_names, key);
  return value ? to_entry(number, key, *value) : fail(value.error());
}

auto entry_of_stream(row_cursor& names, stream_number number) -> result<stream_entry> {
  auto key = number_key(number);
  auto found = names.seek(key);
  if (!found)
    return fail(found.error());
  auto is_there = *found && names.key() == key;
  return to_entry(number, key, is_there ? std::optional(names.value()) : std::nullopt);
}

auto add_stream(const journal_rows& rows, const lmdb_tables& tables, const stream_id& stream,
                stream_number number) -> result<void> {
  auto body = std::move(byte_writer().little(number.value())).take();
  auto name = stream_name_key(stream.name());
  if (auto put = rows.put_new(tables.stream_numbers, name, frame(name, body)); !put)
    return put;
  auto key = number_key(number);
  auto entry = encode_stream_entry({stream, empty_stream, stream_state::open});
  return rows.append(tables.stream_names, key, frame(key, entry));
}

auto put_stream_entry(const journal_rows& rows, const lmdb_tables& tables, stream_number number,
                      const stream_entry& entry) -> result<void> {
  auto key = number_key(number);
  return rows.put(tables.stream_names, key, frame(key, encode_stream_entry(entry)));
}

auto first_version(const stream_entry& entry, stream_version head) -> stream_version {
  if (entry.state == stream_state::tombstoned)
    return head.next();
  return std::clamp(entry.truncated_before, stream_version(1), head.next());
}

auto head_of_stream(const journal_rows& rows, const lmdb_tables& tables, stream_number number)
    -> result<stream_version> {
  auto cursor = row_cursor::open(rows, tables.stream_events);
  if (!cursor)
    return fail(cursor.error());
  auto found = cursor->seek_before(stream_event_key(number.next(), empty_stream));
  if (!found)
    return fail(found.error());
  if (!*found || stream_of_key(cursor->key()) != number)
    return empty_stream;
  return version_of_key(cursor->key());
}

auto last_stream(const journal_rows& rows, const lmdb_tables& tables) -> result<stream_number> {
  return last_key_number(rows, tables.stream_names).map([](auto number) { return stream_number(number); });
}

auto last_offset(const journal_rows& rows, const lmdb_tables& tables) -> result<log_offset> {
  return last_key_number(rows, tables.events).map([](auto number) { return log_offset(number); });
}

} // namespace tusker
