#include <tusker/model/topic_outbox.hpp>

#include <tusker/model/topic_name.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <set>

using namespace tusker;

namespace {

auto command_to(std::string_view key) -> command_envelope {
  auto id = command_id_from_key(timestamp{std::chrono::hours(500'000)}, "a command");
  return {id, *stream_id::make("order", key), any, {"Place", schema_version(1), "{}"}, {}};
}

auto at(std::int64_t microseconds) -> timestamp {
  return timestamp{std::chrono::hours(500'000)} + std::chrono::microseconds(microseconds);
}

} // namespace

TEST_CASE("ids of outbox entries stand in the order of time, then of versions, then of numbers") {
  auto command = command_to("1");
  std::vector<uuid> ids;
  for (auto microseconds : {0, 1, 255, 256, 999, 1'000, 5'000})
    for (std::uint64_t version = 0; version < 60; version += 7)
      for (auto index : {0U, 1U, 255U, 256U, 999U})
        ids.push_back(outbox_id(command, stream_version(version), at(microseconds), index));
  CHECK(std::is_sorted(ids.begin(), ids.end()));
  CHECK(std::set<uuid>(ids.begin(), ids.end()).size() == ids.size());
  CHECK(time_of(ids.front()) == at(0));
}

TEST_CASE("decisions of two streams at the same time have different ids") {
  CHECK(outbox_id(command_to("1"), {}, at(0), 0) != outbox_id(command_to("2"), {}, at(0), 0));
}

TEST_CASE("a decision's messages are kept with their topics, keys and their cause") {
  auto command = command_to("1");
  command.meta.subject = "someone";
  set_message_key(command.meta, "the command's own");
  auto entries = to_outbox({{"orders", {"A", schema_version(1), "{}"}, "k"}, {"orders", {}, ""}}, command,
                           stream_version(3), at(0));
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].target == "topic:orders");
  CHECK(topic_of(entries[0]) == "orders");
  CHECK(entries[0].content.type == "A");
  CHECK(message_key(entries[0].meta) == "k");
  CHECK(message_key(entries[1].meta).empty());
  CHECK(entries[0].meta.subject == "someone");
  CHECK(entries[0].meta.causation_id == command.id.value());
  CHECK(entries[0].meta.correlation_id == command.id.value());
  CHECK(entries[0].id < entries[1].id);
}

TEST_CASE("an entry is for a topic only if its target is a topic's name") {
  for (const auto* target : {"", "topic:", "orders", "topic:Orders", "topic:events", "stream:orders"}) {
    outbox_entry entry;
    entry.target = target;
    CHECK(topic_of(entry).empty());
  }
}

TEST_CASE("a message is another one if its topic, type, version, content or key is") {
  auto content = encoded_message{"A", schema_version(1), "{}"};
  auto hash = hash_of_message("orders", content, "k");
  CHECK(hash == hash_of_message("orders", content, "k"));
  CHECK(hash != hash_of_message("other", content, "k"));
  CHECK(hash != hash_of_message("orders", content, ""));
  CHECK(hash != hash_of_message("orders", {"B", schema_version(1), "{}"}, "k"));
  CHECK(hash != hash_of_message("orders", {"A", schema_version(2), "{}"}, "k"));
  CHECK(hash != hash_of_message("orders", {"A", schema_version(1), "[]"}, "k"));
}
