#include "counting_node.hpp"

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <vector>

// Aggregates leave memory and come back as they were, with a snapshot where it saves reading.

using namespace tusker;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

auto options_with(std::size_t every, std::size_t on_passivation) -> runtime_options {
  runtime_options options;
  options.routers_per_type = 1;
  options.snapshot_every_events = every;
  options.snapshot_on_passivation_events = on_passivation;
  return options;
}

auto add_times(counting_node& node, std::string_view key, int times) {
  for (auto at = 0; at < times; ++at) {
    auto answer = node.add(key, 1);
    node.node.run();
    REQUIRE(answer.get());
  }
}

auto snapshot_of(const counting_node& node, std::string_view key) -> std::optional<stored_snapshot> {
  return node.journal.read_snapshot(*stream_id::make("counter", key)).value();
}

} // namespace

TEST_CASE("an aggregate that nobody needs for long leaves memory, and comes back as it was") {
  counting_node node(options_with(0, 0));
  add_times(node, "a", 1);
  node.node.advance(minutes(6));
  add_times(node, "b", 1);
  node.node.advance(minutes(4));
  CHECK(node.node->stats().live_aggregates == 1);
  CHECK(node.node->stats().passivations == 1);
  add_times(node, "a", 1);
  CHECK(node.node->stats().live_aggregates == 2);
  CHECK(node.total("a") == 2);
  node.node.advance(minutes(60));
  CHECK(node.node->stats().live_aggregates == 0);
  CHECK(node.node->stats().passivations == 3);
}

TEST_CASE("an aggregate that is used stays, however old its timer is") {
  counting_node node(options_with(0, 0));
  for (auto round = 0; round < 10; ++round) {
    add_times(node, "a", 1);
    node.node.advance(minutes(9));
  }
  CHECK(node.node->stats().passivations == 0);
  CHECK(node.node->stats().recoveries == 1);
}

TEST_CASE("a snapshot is taken with the first commit after so many events, and is of the state before it") {
  counting_node node(options_with(3, 0));
  add_times(node, "a", 3);
  CHECK_FALSE(snapshot_of(node, "a"));
  auto commits = node.journal.batch_sizes.size();
  add_times(node, "a", 1);
  CHECK(node.journal.batch_sizes.size() == commits + 1);
  REQUIRE(snapshot_of(node, "a"));
  CHECK(snapshot_of(node, "a")->version == stream_version(3));
  CHECK(snapshot_of(node, "a")->state.json == R"({"total":3})");
  add_times(node, "a", 2);
  CHECK(snapshot_of(node, "a")->version == stream_version(3));
  add_times(node, "a", 1);
  CHECK(snapshot_of(node, "a")->version == stream_version(6));
  CHECK(node.node->stats().snapshots_taken == 2);
}

TEST_CASE("a type that says so itself takes snapshots and leaves memory in its own way") {
  auto options = options_with(0, 0);
  options.aggregates["counter"] = {100, minutes(2), 3, 0};
  options.aggregates["other"] = {100, minutes(60), 1, 0};
  counting_node node(options);
  add_times(node, "a", 4);
  REQUIRE(snapshot_of(node, "a"));
  CHECK(snapshot_of(node, "a")->version == stream_version(3));
  node.node.advance(minutes(2));
  CHECK(node.node->stats().live_aggregates == 0);
}

TEST_CASE("a type that may have few aggregates in memory has no more, whatever others may have") {
  auto options = options_with(0, 1);
  options.aggregates["counter"] = {1, minutes(10), 0, 1};
  counting_node node(options);
  add_times(node, "a", 1);
  add_times(node, "b", 1);
  CHECK(node.node->stats().live_aggregates == 1);
  CHECK(snapshot_of(node, "a"));
}

TEST_CASE("an aggregate that leaves takes a snapshot if enough has happened, and comes back from it") {
  auto options = options_with(0, 3);
  options.live_aggregates_max = 1;
  counting_node node(options);
  add_times(node, "a", 2);
  add_times(node, "b", 3); // pushes a out, without a snapshot
  CHECK_FALSE(snapshot_of(node, "a"));
  add_times(node, "a", 1); // pushes b out, with one
  REQUIRE(snapshot_of(node, "b"));
  CHECK(snapshot_of(node, "b")->version == stream_version(3));
  add_times(node, "b", 1);
  CHECK(node.total("b") == 4);
  CHECK(node.node->stats().passivating == 0);
}

TEST_CASE("a command that comes while its aggregate leaves waits for the next one") {
  counting_node node(options_with(0, 1));
  add_times(node, "a", 1);
  // The router's tick has told the aggregate to leave; its snapshot is not stored yet.
  node.node.clock().advance(minutes(11));
  auto others = std::vector<pending<receipt>>();
  node.journal.before_append = [&](std::span<const append_item> batch) {
    if (batch.front().events.empty() && others.empty())
      others.push_back(node.add("a", 10));
  };
  node.node.advance(minutes(11));
  node.node.run();
  REQUIRE(others.size() == 1);
  REQUIRE(others.front().is_ready());
  CHECK(others.front().get());
  CHECK(node.total("a") == 11);
  CHECK(node.node->stats().passivating == 0);
  CHECK(node.node->stats().live_aggregates == 1);
}

TEST_CASE("an aggregate whose last snapshot fails leaves all the same") {
  counting_node node(options_with(0, 1));
  add_times(node, "a", 1);
  node.journal.next_failure = error(journal_errc::storage_full, "no space");
  node.node.advance(minutes(11));
  CHECK(node.node->stats().live_aggregates == 0);
  CHECK_FALSE(snapshot_of(node, "a"));
  add_times(node, "a", 1);
  CHECK(node.total("a") == 2);
}

TEST_CASE("a snapshot of another state, or one that cannot be read, is passed over and the events are read") {
  auto stored =
      GENERATE(as<encoded_message>(), encoded_message{"CounterState", schema_version(2), R"({"total":900})"},
               encoded_message{"Other", schema_version(1), R"({"total":900})"},
               encoded_message{"CounterState", schema_version(1), R"({"sum":900})"},
               encoded_message{"CounterState", schema_version(1), "not JSON"});
  counting_node node(options_with(0, 0));
  add_times(node, "a", 2);
  node.node.advance(minutes(11));
  append_item item;
  item.stream = *stream_id::make("counter", "a");
  item.shard = shard_of(item.stream, node.journal.shards());
  item.shard_epoch = epoch(1);
  item.snapshot = stored_snapshot{stream_version(2), timestamp{}, stored};
  CHECK(std::holds_alternative<appended>(node.journal.append_around(item)));
  add_times(node, "a", 1);
  CHECK(node.total("a") == 3);
  CHECK(node.node->stats().snapshots_passed_over == 1);
}

TEST_CASE("an aggregate comes back from a snapshot although the events before it are truncated") {
  counting_node node(options_with(3, 0));
  add_times(node, "a", 5);
  append_item item;
  item.stream = *stream_id::make("counter", "a");
  item.shard = shard_of(item.stream, node.journal.shards());
  item.shard_epoch = epoch(1);
  item.retention = truncate_events{stream_version(4)};
  CHECK(std::holds_alternative<appended>(node.journal.append_around(item)));
  node.node.advance(minutes(11));
  add_times(node, "a", 1);
  CHECK(node.journal.stream_head(item.stream).value() == stream_version(6));
  CHECK(node.total("a") == 6);

  // Nobody may take the snapshot away, or truncate what it does not stand in for.
  item.retention = keep_events{};
  item.snapshot = drop_snapshot{};
  CHECK(std::holds_alternative<refused>(node.journal.append_around(item)));
  item.snapshot = keep_snapshot{};
  item.events.push_back({{}, *encode_message(counting::added{1}), {}, {}});
  item.retention = truncate_events{stream_version(99)};
  CHECK(std::holds_alternative<refused>(node.journal.append_around(item)));
  node.node.advance(minutes(11));
  add_times(node, "a", 1);
  CHECK(node.total("a") == 7);
}

TEST_CASE("an aggregate whose events are gone without a snapshot decides nothing on the rest") {
  counting_node node(options_with(0, 0));
  add_times(node, "a", 5);
  append_item item;
  item.stream = *stream_id::make("counter", "a");
  item.shard = shard_of(item.stream, node.journal.shards());
  item.shard_epoch = epoch(1);
  item.retention = truncate_events{stream_version(4)};
  CHECK(std::holds_alternative<appended>(node.journal.append_around(item)));
  node.node.advance(minutes(11));
  auto refused_command = node.add("a", 1);
  node.node.run();
  CHECK(refused_command.get().error().code() == journal_errc::events_truncated);
}

TEST_CASE("a stampede waits for permits, and nobody is forgotten") {
  auto options = options_with(0, 0);
  options.recoveries_max = 1;
  counting_node node(options);
  std::vector<pending<receipt>> answers;
  answers.reserve(50);
  for (auto key = 0; key < 50; ++key)
    answers.push_back(node.add(std::to_string(key), 1));
  std::uint64_t most = 0;
  while (node.node.run_once())
    most = std::max(most, node.node->stats().recovering);
  CHECK(most == 1);
  for (const auto& answer : answers)
    CHECK(answer.get());
  CHECK(node.node->stats().recovering == 0);
}

TEST_CASE("aggregates in memory are not kept waiting by those that have to be read") {
  auto options = options_with(0, 0);
  options.recoveries_max = 1;
  counting_node node(options);
  add_times(node, "hot", 1);
  std::vector<pending<receipt>> cold;
  cold.reserve(20);
  for (auto key = 0; key < 20; ++key)
    cold.push_back(node.add(std::to_string(key), 1));
  auto hot = node.add("hot", 1);
  while (!hot.is_ready())
    REQUIRE(node.node.run_once());
  auto ready = std::count_if(cold.begin(), cold.end(), [](const auto& answer) { return answer.is_ready(); });
  CHECK(ready < 20);
  node.node.run();
}

TEST_CASE(
    "an aggregate that crashes again and again is left alone longer each time, and given up in the end") {
  auto options = options_with(0, 0);
  options.dispatch_timeout = minutes(60);
  counting_node node(options);
  std::vector<pending<receipt>> answers;
  answers.reserve(14);
  for (auto at = 0; at < 14; ++at)
    answers.push_back(node.send("a", counting::crash_in_decide{}));
  auto last = node.add("a", 1);
  auto other = node.add("b", 1);
  node.node.run();
  CHECK(node.node->stats().crashes ==
        3); // the first two are taken for bad commands, the third is let cool down
  CHECK(other.get());
  CHECK_FALSE(last.is_ready());
  for (auto at = 0; at < 20; ++at)
    node.node.advance(seconds(30));
  for (const auto& answer : answers) {
    REQUIRE(answer.is_ready());
    CHECK(answer.get().error().code() == runtime_errc::aggregate_failed);
  }
  CHECK(node.node->stats().crashes == 10);
  CHECK(last.get().error().message().find("10 times in a row") != std::string::npos);
  auto anew = node.add("a", 1);
  for (auto at = 0; at < 3; ++at)
    node.node.advance(seconds(30));
  CHECK(anew.get());
  CHECK(node.total("a") == 1);
}

TEST_CASE("an aggregate that crashes holds no more than its share of a node's few places") {
  auto options = options_with(0, 0);
  options.dispatch_timeout = minutes(60);
  options.commands_in_flight_max = 64;
  counting_node node(options);
  for (auto at = 0; at < 3; ++at)
    (void)node.send("a", counting::crash_in_decide{});
  std::vector<pending<receipt>> behind;
  behind.reserve(20);
  for (auto at = 0; at < 20; ++at)
    behind.push_back(node.add("a", 1));
  node.node.run();
  auto refused_now = std::count_if(behind.begin(), behind.end(), [](const auto& answer) {
    return answer.is_ready() && answer.get().error().code() == runtime_errc::overloaded;
  });
  CHECK(refused_now == 12);
  auto too_many = node.add("a", 1);
  node.node.run();
  CHECK(too_many.get().error().code() == runtime_errc::overloaded);
  node.node.advance(minutes(1));
  // The first ones were kept, in order, and none that was refused has its effect.
  for (std::size_t at = 0; at < 8; ++at)
    CHECK(behind[at].get()->version == stream_version(at + 1));
  CHECK(node.total("a") == 8);
}

TEST_CASE("an aggregate that is wanted again while it leaves does not push the live limit up") {
  auto options = options_with(0, 1);
  options.live_aggregates_max = 1;
  counting_node node(options);
  add_times(node, "a", 1);
  auto other = node.add("b", 1);
  auto back = node.add("a", 1);
  auto in_place = [&] { return node.node->stats().live_aggregates - node.node->stats().passivating; };
  while (node.node.run_once())
    CHECK(in_place() <= 1);
  REQUIRE(other.get());
  REQUIRE(back.is_ready());
  CHECK((back.get() || back.get().error().code() == runtime_errc::overloaded));
  CHECK(node.total("a") == (back.get() ? 2 : 1));
}

TEST_CASE("an answer in between makes a crash the first again") {
  counting_node node(options_with(0, 0));
  for (auto round = 0; round < 6; ++round) {
    auto fatal = node.send("a", counting::crash_in_decide{});
    auto fine = node.add("a", 1);
    node.node.run();
    CHECK(fatal.is_ready());
    CHECK(fine.get());
  }
  CHECK(node.total("a") == 6);
}

TEST_CASE("an aggregate that comes where another one was knows nothing of that one's crashes") {
  auto options = options_with(0, 0);
  options.live_aggregates_max = 1;
  counting_node node(options);
  std::vector<pending<receipt>> fatal_to_a;
  fatal_to_a.reserve(3);
  for (auto count = 0; count < 3; ++count)
    fatal_to_a.push_back(node.send("a", counting::crash_in_decide{}));
  for (auto round = 0; round < 3; ++round) {
    node.node.run();
    node.node.advance(minutes(5)); // It is left alone after a crash.
  }
  for (const auto& answer : fatal_to_a)
    REQUIRE(answer.is_ready());
  CHECK(node.node->stats().crashes == 3);
  auto fatal = node.send("b", counting::crash_in_decide{});
  auto fine = node.add("b", 1);
  // No time goes by: after a first crash nobody waits.
  node.node.run();
  REQUIRE(fatal.is_ready());
  REQUIRE(fine.is_ready());
  CHECK(fine.get());
  CHECK(node.total("b") == 1);
}

TEST_CASE("more aggregates leave at one time than are kept for the next, and all come back as they were") {
  constexpr auto many = 150;
  counting_node node(options_with(0, 0));
  for (auto round = 1; round <= 3; ++round) {
    for (auto at = 0; at < many; ++at) {
      auto answer = node.add("k" + std::to_string(at), 1);
      node.node.run();
      REQUIRE(answer.get());
    }
    CHECK(node.node->stats().live_aggregates == many);
    node.node.advance(minutes(60));
    CHECK(node.node->stats().live_aggregates == 0);
  }
  for (auto at = 0; at < many; ++at)
    CHECK(node.total("k" + std::to_string(at)) == 3);
}
