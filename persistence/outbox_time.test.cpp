#include <tusker/persistence/outbox_time.hpp>

#include <tusker/model/uuid.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/offline_append.hpp>
#include <tusker/persistence/random_id.hpp>
#include <tusker_test/catch.hpp>

#include <chrono>

using namespace std::chrono_literals;
using namespace tusker;

TEST_CASE("the last time in an outbox is that of the last entry behind now, or just before now") {
  constexpr timestamp now{std::chrono::hours(500'000)};
  auto journal = open_memory_journal().value();
  append_item item;
  item.stream = *stream_id::make("writer", "a");
  item.shard = shard_of(item.stream, journal->shards());
  auto put = [&](timestamp time) {
    item.outbox = {{random_uuid(time), "topic:board", {"News", {}, "{}"}, {}}};
    REQUIRE(append_offline(*journal, item));
  };
  CHECK(last_outbox_time(*journal, item.shard, now) == now - 1us);
  put(now - 1h);
  CHECK(last_outbox_time(*journal, item.shard, now) == now - 1us);
  for (auto number = 1; number <= 1'200; ++number)
    put(now + number * 1s);
  CHECK(last_outbox_time(*journal, item.shard, now) == now + 1'200s + 999us);
}
