#include <tusker/bench/raw_rows.hpp>

#include <tusker/bench/mixed_bits.hpp>

#include <array>
#include <cstdio>
#include <utility>

namespace tusker::bench {

namespace {

constexpr std::size_t stream_name_bytes = 14; // "order-00000000"
constexpr std::uint64_t shards = 64;

/// A row's bytes, of a fixed number: begun with numbers in big endian, zeros behind.
template <std::size_t Bytes>
class row {
public:
  auto big(std::uint64_t number, std::size_t bytes = sizeof(std::uint64_t)) -> row& {
    for (auto left = bytes; left-- > 0;)
      bytes_[at_++] = static_cast<char>(number >> (8 * left));
    return *this;
  }
  [[nodiscard]] auto view() const -> std::string_view { return {bytes_.data(), Bytes}; }

private:
  std::array<char, Bytes> bytes_{};
  std::size_t at_ = 0;
};

auto name_of_stream(std::uint64_t number) -> std::array<char, stream_name_bytes + 1> {
  std::array<char, stream_name_bytes + 1> name{};
  std::snprintf(name.data(), name.size(), "order-%08llu", static_cast<unsigned long long>(number));
  return name;
}

} // namespace

auto flags_of(durability durable) -> unsigned {
  auto flags = static_cast<unsigned>(MDB_NORDAHEAD);
  if (durable == durability::relaxed)
    flags |= MDB_NOMETASYNC;
  if (durable == durability::volatile_mode)
    flags |= MDB_NOSYNC;
  return flags;
}

auto raw_rows::make(const std::filesystem::path& folder, durability durable) -> result<raw_rows> {
  auto env = raw_environment::make(folder, flags_of(durable));
  if (!env)
    return fail(env.error());
  raw_rows rows;
  rows.env_ = std::move(*env);
  for (auto [name, table] : {std::pair("sys", &rows.system_),
                             {"ev", &rows.events_},
                             {"st", &rows.stream_events_},
                             {"sname", &rows.stream_numbers_},
                             {"smeta", &rows.stream_names_},
                             {"cmd", &rows.receipts_},
                             {"outbox", &rows.outbox_}}) {
    auto made = rows.env_.table(name, 0);
    if (!made)
      return fail(made.error());
    *table = *made;
  }
  return rows;
}

auto raw_rows::put_first(const lmdb_transaction& in, std::string_view json) -> result<void> {
  auto number = ++streams_;
  auto name = name_of_stream(number);
  auto key = row<8>().big(number);
  // A framed number; a framed entry with the name in it.
  auto entry = row<8 + 9 + stream_name_bytes>();
  return lmdb_put(in, stream_numbers_, {name.data(), stream_name_bytes}, row<16>().view(), MDB_NOOVERWRITE)
      .and_then([&] { return lmdb_put(in, stream_names_, key.view(), entry.view(), MDB_APPEND); })
      .and_then([&] { return put_next(in, number, 1, json); });
}

auto raw_rows::put_next(const lmdb_transaction& in, std::uint64_t stream, std::uint64_t version,
                        std::string_view json) -> result<void> {
  record_.resize(event_header_bytes + event_metadata_bytes);
  record_.append(json);
  auto key = row<8>().big(++position_);
  auto place = row<16>().big(stream).big(version);
  // Receipts of one time lie together, in as many places as there are shards.
  auto command = row<receipt_key_bytes>().big(mixed_bits(stream) % shards, 2).big(position_);
  return lmdb_put(in, events_, key.view(), record_, MDB_APPEND)
      .and_then([&] { return lmdb_put(in, stream_events_, place.view(), key.view(), MDB_NOOVERWRITE); })
      .and_then([&] {
        return lmdb_put(in, receipts_, command.view(), row<receipt_bytes>().view(), MDB_NOOVERWRITE);
      });
}

namespace {

/// Of one time together, in as many places as there are shards.
auto entry_key(std::uint64_t number) -> row<outbox_key_bytes> {
  return row<outbox_key_bytes>().big(mixed_bits(number) % shards, 2).big(number);
}

} // namespace

auto raw_rows::put_entry(const lmdb_transaction& in, std::uint64_t number, std::size_t bytes)
    -> result<void> {
  record_.assign(bytes, '\0');
  return lmdb_put(in, outbox_, entry_key(number).view(), record_, MDB_NOOVERWRITE);
}

auto raw_rows::drop_entry(const lmdb_transaction& in, std::uint64_t number) const -> result<void> {
  return lmdb_erase(in, outbox_, entry_key(number).view());
}

auto raw_rows::commit(lmdb_transaction in) const -> result<void> {
  auto applied = row<16>().big(position_);
  if (auto put = lmdb_put(in, system_, "applied", applied.view()); !put)
    return put;
  return std::move(in).commit();
}

auto raw_rows::version_of(const lmdb_transaction& in, std::uint64_t stream) const -> result<std::uint64_t> {
  auto cursor = lmdb_cursor::open(in, stream_events_);
  if (!cursor)
    return fail(cursor.error());
  auto found = cursor->seek_before(row<16>().big(stream + 1).view());
  if (!found)
    return fail(found.error());
  if (!*found)
    return 0;
  std::array<std::uint64_t, 2> numbers{};
  auto key = cursor->key();
  for (std::size_t at = 0; at < key.size() && at < 16; ++at)
    numbers[at / 8] = numbers[at / 8] << 8U | static_cast<unsigned char>(key[at]);
  return numbers[0] == stream ? numbers[1] : 0;
}

} // namespace tusker::bench
