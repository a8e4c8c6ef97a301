#include <tusker/bench/raw_history.hpp>

#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/crc32c.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <charconv>
#include <cstring>
#include <limits>
#include <string>
#include <system_error>

namespace tusker::bench {

namespace {

// Where things stand in a record: docs/storage_format.md.
constexpr std::size_t type_at = 24;
constexpr std::size_t codec_at = 36;
constexpr std::uint8_t plain_codec = 1;
constexpr std::size_t meta_bytes_at = 64;
constexpr std::size_t header_bytes = 72;

// Where things stand in the JSON of an event: {"orderId":"o-00000000","customerId":"c-0000",…,"total":T}
constexpr std::size_t order_at = 12;
constexpr std::size_t order_bytes = 10;
constexpr std::size_t customer_at = 38;
constexpr std::size_t customer_bytes = 6;

template <class Number>
auto number_at(std::string_view record, std::size_t at) -> Number {
  Number number{};
  std::memcpy(&number, record.data() + at, sizeof number);
  return number;
}

auto is_intact(std::string_view key, std::string_view record) -> bool {
  return record.size() > header_bytes &&
         crc32c(record.substr(sizeof(std::uint32_t)), crc32c(key)) == number_at<std::uint32_t>(record, 0);
}

auto total_in(std::string_view json, std::int64_t& total) -> bool {
  const auto* colon = static_cast<const char*>(::memrchr(json.data(), ':', json.size()));
  return colon != nullptr && std::from_chars(colon + 1, json.data() + json.size(), total).ec == std::errc();
}

} // namespace

auto raw_history::open(const std::filesystem::path& journal) -> result<raw_history> {
  auto env = raw_environment::look_into(journal);
  auto table = env ? env->table("ev", 0) : fail(env.error());
  if (!table)
    return fail(table.error());
  return raw_history(std::move(*env), *table);
}

auto raw_history::seek_behind(lmdb_cursor& cursor, std::uint64_t after) -> result<bool> {
  return cursor.seek(byte_writer().big(after + 1).view());
}

auto raw_history::damaged() -> tl::unexpected<error> {
  return fail(journal_errc::corrupt, "an event is damaged, or not of the history that was made");
}

auto raw_history::take_apart(std::string_view key, std::string_view record, raw_order_event& event) -> bool {
  // Types have numbers in the order in which they first came.
  constexpr std::uint32_t first_type = 1;
  constexpr std::uint32_t last_type = 5;
  if (!is_intact(key, record) || number_at<std::uint8_t>(record, codec_at) != plain_codec)
    return false;
  auto type = number_at<std::uint32_t>(record, type_at);
  auto json_at = header_bytes + number_at<std::uint32_t>(record, meta_bytes_at);
  if (type < first_type || type > last_type || record.size() < json_at + order_at + order_bytes)
    return false;
  auto json = record.substr(json_at);
  event.order = json.substr(order_at, order_bytes);
  event.status = static_cast<order_standing>(type - first_type);
  if (event.status != order_standing::created)
    return true;
  if (json.size() < customer_at + customer_bytes)
    return false;
  event.customer = json.substr(customer_at, customer_bytes);
  return total_in(json, event.total);
}

auto read_into_book(const raw_history& history) -> result<history_reading> {
  order_book book;
  auto take = [&book](const raw_order_event& event) {
    if (event.status == order_standing::created)
      book.create(std::string(event.order), std::string(event.customer), event.total);
    else
      book.move_to(std::string(event.order), event.status);
  };
  return history.read(0, std::numeric_limits<std::uint64_t>::max(), take).map([&](std::uint64_t events) {
    return history_reading{events, book.totals()};
  });
}

} // namespace tusker::bench
