#include <tusker/persistence/lmdb_keys.hpp>

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>

namespace tusker {

using namespace sample;

namespace {

auto is_rising(const std::vector<std::string>& keys) -> bool {
  return std::adjacent_find(keys.begin(), keys.end(), std::greater_equal<>()) == keys.end();
}

} // namespace

TEST_CASE("keys of events stand in the order of offsets and give them back") {
  std::vector<std::string> keys;
  for (std::uint64_t offset : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{255}, std::uint64_t{256},
                               std::uint64_t{1} << 40U, std::uint64_t{UINT64_MAX}}) {
    keys.push_back(event_key(log_offset(offset)));
    CHECK(keys.back().size() == 8);
    CHECK(offset_of_event_key(keys.back()) == log_offset(offset));
  }
  CHECK(is_rising(keys));
}

TEST_CASE("keys of streams' events stand in the order of stream, then version") {
  std::vector<std::string> keys;
  for (std::uint64_t stream : {1U, 2U, 256U}) {
    for (std::uint64_t version : {0U, 1U, 255U, 256U}) {
      keys.push_back(stream_event_key(stream_number(stream), stream_version(version)));
      CHECK(stream_of_key(keys.back()) == stream_number(stream));
      CHECK(version_of_key(keys.back()) == stream_version(version));
    }
  }
  CHECK(is_rising(keys));
}

TEST_CASE("keys of timers stand in the order of shard, due time, id, also before 1970") {
  std::vector<std::string> keys;
  for (std::uint16_t shard : {std::uint16_t{0}, std::uint16_t{1}, std::uint16_t{256}}) {
    for (auto due : {timestamp::min(), time_at(-4'000'000'000), timestamp{std::chrono::microseconds(-1)},
                     timestamp{}, timestamp{std::chrono::microseconds(1)}, timestamp::max()}) {
      for (auto id : {uuid{}, id_numbered(1), id_numbered(2)}) {
        keys.push_back(timer_table_key(shard_id(shard), {due, id}));
        CHECK(timer_of_key(keys.back()) == timer_key{due, id});
      }
    }
  }
  CHECK(is_rising(keys));
}

TEST_CASE("keys of outbox entries stand in the order of shard, then id") {
  auto keys = std::vector{outbox_key(shard_id(0), id_numbered(9)), outbox_key(shard_id(1), uuid{}),
                          outbox_key(shard_id(1), id_numbered(1)), outbox_key(shard_id(256), uuid{})};
  CHECK(is_rising(keys));
  CHECK(outbox_id_of_key(keys[2]) == id_numbered(1));
}

TEST_CASE("keys of notes stand in the order of their bytes within shard and stream, and give them back") {
  auto owner = stream_named("order-1");
  std::vector<std::string> keys;
  for (const auto& key : {std::string(1, '\0'), std::string("a"), std::string("a\0", 2), std::string("a\x01"),
                          std::string("a\xff"), std::string("\x80"), std::string(200, '\xff')}) {
    keys.push_back(note_table_key(shard_id(1), owner, key));
    CHECK(note_key_of(keys.back()) == key);
    CHECK(keys.back().size() == 18 + key.size());
  }
  CHECK(is_rising(keys));
  CHECK(note_table_key(shard_id(2), owner, "a") > keys.back());
  auto other = note_table_key(shard_id(1), stream_named("order-2"), "a");
  CHECK(other.substr(0, 18) != keys[1].substr(0, 18));
  // What is no key of a note has none.
  for (std::size_t bytes : {0U, 1U, 17U, 18U})
    CHECK(note_key_of(keys.back().substr(0, bytes)).empty());
}

TEST_CASE("a receipt's key tells shards, commands and streams apart, and begins with shard and command") {
  auto key = receipt_key(shard_id(1), stream_named("order-1"), command_numbered(1));
  CHECK(key.size() == 34);
  CHECK(key != receipt_key(shard_id(2), stream_named("order-1"), command_numbered(1)));
  CHECK(key != receipt_key(shard_id(1), stream_named("order-2"), command_numbered(1)));
  CHECK(key != receipt_key(shard_id(1), stream_named("order-1"), command_numbered(2)));
  CHECK(receipt_key(shard_id(1), stream_named("order-2"), command_numbered(1)).substr(0, 18) ==
        key.substr(0, 18));
  CHECK(receipt_key(shard_id(1), stream_named("order-1"), command_numbered(2)) > key);
}

TEST_CASE("a stream's name is its key up to 400 bytes, and a longer one has a key that no name is") {
  auto name = [](std::size_t bytes, char last) { return "order-" + std::string(bytes - 7, 'k') + last; };
  for (std::size_t bytes : {7U, 385U, 399U, 400U})
    CHECK(stream_name_key(name(bytes, 'x')) == name(bytes, 'x'));
  for (std::size_t bytes : {401U, 402U, 1'024U}) {
    auto key = stream_name_key(name(bytes, 'x'));
    CHECK(key.size() == 401);
    CHECK(key.substr(0, 385) == name(bytes, 'x').substr(0, 385));
    CHECK(key != stream_name_key(name(bytes, 'y')));
    CHECK(key != stream_name_key(name(bytes + 1, 'x')));
  }
}

TEST_CASE("a receipt's key gives its command back") {
  auto key = receipt_key(shard_id(7), stream_named("order-1"), command_numbered(5));
  CHECK(command_of_receipt_key(key) == command_numbered(5));
}

} // namespace tusker
