#include <tusker/persistence/lmdb_streams.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_keys.hpp>

#include <string>
#include <utility>

namespace tusker {

namespace {

/// The big-endian number in the last key of a table; 0 when the table is empty.
auto last_key_number(const lmdb_transaction& transaction, MDB_dbi table) -> result<std::uint64_t> {
  auto cursor = lmdb_cursor::open(transaction, table);
  if (!cursor)
    return fail(cursor.error());
  auto found = cursor->move(MDB_LAST);
  if (!found)
    return fail(found.error());
  return *found ? byte_reader(cursor->key()).big<std::uint64_t>() : 0;
}

} // namespace

auto find_stream(const lmdb_transaction& transaction, const lmdb_tables& tables, const stream_id& stream)
    -> result<std::optional<stream_number>> {
  // LMDB takes no empty key, and nobody wrote the stream without a name.
  if (stream.name().empty())
    return std::nullopt;
  auto value = lmdb_get(transaction, tables.stream_numbers, stream.name());
  if (!value)
    return fail(value.error());
  if (!*value)
    return std::nullopt;
  auto body = unframe(stream.name(), **value);
  if (!body)
    return fail(journal_errc::corrupt,
                "the entry of stream '" + stream.name() + "' in table 'sname' is damaged");
  return stream_number(byte_reader(*body).little<std::uint64_t>());
}

auto name_of_stream(const lmdb_transaction& transaction, const lmdb_tables& tables, stream_number number)
    -> result<stream_id> {
  auto key = number_key(number);
  auto value = lmdb_get(transaction, tables.stream_names, key);
  if (!value)
    return fail(value.error());
  auto body = *value ? unframe(key, **value) : std::nullopt;
  auto stream = body ? stream_id::parse(*body) : result<stream_id>(fail(journal_errc::corrupt, ""));
  if (!stream)
    return fail(journal_errc::corrupt, "stream number " + std::to_string(number.value()) +
                                           " in table 'smeta' is damaged or missing");
  return stream;
}

auto add_stream(const lmdb_transaction& transaction, const lmdb_tables& tables, const stream_id& stream,
                stream_number number) -> result<void> {
  auto body = std::move(byte_writer().little(number.value())).take();
  if (auto put = lmdb_put(transaction, tables.stream_numbers, stream.name(), frame(stream.name(), body),
                          MDB_NOOVERWRITE);
      !put)
    return put;
  auto key = number_key(number);
  return lmdb_put(transaction, tables.stream_names, key, frame(key, stream.name()), MDB_APPEND);
}

auto head_of_stream(const lmdb_transaction& transaction, const lmdb_tables& tables, stream_number number)
    -> result<stream_version> {
  auto cursor = lmdb_cursor::open(transaction, tables.stream_events);
  if (!cursor)
    return fail(cursor.error());
  auto found = cursor->seek_before(stream_event_key(number.next(), empty_stream));
  if (!found)
    return fail(found.error());
  if (!*found || stream_of_key(cursor->key()) != number)
    return empty_stream;
  return version_of_key(cursor->key());
}

auto last_stream(const lmdb_transaction& transaction, const lmdb_tables& tables) -> result<stream_number> {
  return last_key_number(transaction, tables.stream_names).map([](auto number) {
    return stream_number(number);
  });
}

auto last_offset(const lmdb_transaction& transaction, const lmdb_tables& tables) -> result<log_offset> {
  return last_key_number(transaction, tables.events).map([](auto number) { return log_offset(number); });
}

} // namespace tusker
