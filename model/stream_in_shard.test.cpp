#include <tusker/model/stream_in_shard.hpp>

#include <tusker_test/catch.hpp>

#include <cstdint>
#include <set>
#include <string>

using namespace tusker;

TEST_CASE("each shard has a stream of a category, always the same one") {
  constexpr shard_count shards(64);
  std::set<std::string> names;
  for (std::uint16_t number = 0; number < shards.value(); ++number) {
    auto stream = stream_in_shard("tusker_outbox", shard_id(number), shards);
    CHECK(stream.category() == "tusker_outbox");
    CHECK(shard_of(stream, shards) == shard_id(number));
    CHECK(stream == stream_in_shard("tusker_outbox", shard_id(number), shards));
    names.insert(stream.name());
  }
  CHECK(names.size() == shards.value());
}

TEST_CASE("the only shard has the stream with the lowest number") {
  CHECK(stream_in_shard("tusker_outbox", shard_id(0), shard_count(1)).name() == "tusker_outbox-0");
}
