#include <tusker/model/shard.hpp>

#include <tusker/model/stream_id.hpp>

#include <tusker_test/catch.hpp>

#include <set>
#include <string>

namespace {

auto shard_of(const std::string& name, std::uint16_t count) -> std::uint16_t {
  return tusker::shard_of(*tusker::stream_id::parse(name), tusker::shard_count(count)).value();
}

} // namespace

TEST_CASE("the shard of a stream is pinned because the storage format rests on it") {
  CHECK(shard_of("order-1", 64) == 54);
  CHECK(shard_of("order-nw-10248", 64) == 42);
  CHECK(shard_of("inventory-NW-011", 64) == 46);
  CHECK(shard_of("order-nw-10248", 256) == 234);
  CHECK(shard_of("order-nw-10248", 4096) == 490);
}

TEST_CASE("with one shard every stream is in it") {
  CHECK(shard_of("order-1", 1) == 0);
  CHECK(shard_of("order-2", 1) == 0);
}

TEST_CASE("streams spread over all shards") {
  std::set<std::uint16_t> shards;
  for (auto number = 0; number < 2000; ++number)
    shards.insert(shard_of("order-" + std::to_string(number), 64));
  CHECK(shards.size() == 64);
  CHECK(*shards.rbegin() == 63);
}
