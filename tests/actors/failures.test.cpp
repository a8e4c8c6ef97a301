#include "counting_node.hpp"

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <new>

using namespace tusker;

TEST_CASE("an aggregate that dies answers the command it was working on, and its successor takes the rest") {
  counting_node node;
  auto before = node.add("a", 1);
  auto fatal = node.send("a", counting::crash_in_decide{});
  auto behind = node.add("a", 10);
  auto further_behind = node.add("a", 100);
  node.node.run();
  CHECK(before.get());
  REQUIRE_FALSE(fatal.get());
  CHECK(fatal.get().error().code() == runtime_errc::aggregate_failed);
  CHECK(fatal.get().error().message().find("a fault in decide") != std::string::npos);
  CHECK(behind.get());
  CHECK(further_behind.get());
  CHECK(node.total("a") == 111);
  CHECK(node.node->stats().crashes == 1);
  CHECK(node.node->stats().live_aggregates == 1);
}

TEST_CASE("an aggregate whose events cannot be applied answers each command and never hangs") {
  counting_node node;
  auto fatal = node.send("a", counting::crash_in_evolve{});
  auto behind = node.add("a", 1);
  node.node.run();
  CHECK(fatal.get().error().code() == runtime_errc::aggregate_failed);
  CHECK(behind.get().error().code() == runtime_errc::aggregate_failed);
  auto other = node.add("b", 1);
  node.node.run();
  CHECK(other.get());
}

TEST_CASE("a full disk refuses the batch, keeps everything and takes commands again when there is room") {
  counting_node node;
  (void)node.add("a", 1);
  node.node.run();
  node.journal.next_failure = error(journal_errc::storage_full, "no space");
  auto refused = node.add("a", 10);
  node.node.run();
  CHECK(refused.get().error().code() == journal_errc::storage_full);
  auto next = node.add("a", 100);
  node.node.run();
  CHECK(next.get());
  CHECK(node.total("a") == 101);
}

TEST_CASE("after an I/O error nothing of the commit is acknowledged and nothing more is taken") {
  counting_node node;
  node.journal.next_failure_after_write = error(journal_errc::io_error, "the disk failed");
  auto first = node.add("a", 1);
  auto second = node.add("b", 1);
  node.node.run();
  auto later = node.add("a", 1);
  node.node.run();
  for (const auto* answer : {&first, &second, &later}) {
    REQUIRE(answer->is_ready());
    CHECK(answer->get().error().code() == journal_errc::io_error);
  }
  CHECK(node.journal.batch_sizes.size() == 1);
}

TEST_CASE("an engine that throws is a disk that failed: everybody is answered, now and later") {
  counting_node node;
  node.journal.before_append = [](auto) { throw std::bad_alloc(); };
  auto first = node.add("a", 1);
  auto second = node.add("b", 1);
  node.node.run();
  auto later = node.add("a", 1);
  node.node.run();
  for (const auto* answer : {&first, &second, &later}) {
    REQUIRE(answer->is_ready());
    CHECK(answer->get().error().code() == journal_errc::io_error);
  }
}

TEST_CASE("an event of a type that is not declared stops its aggregate with an error that names the place") {
  counting_node node;
  append_item item;
  item.stream = *stream_id::make("counter", "a");
  item.shard = shard_of(item.stream, node.journal.shards());
  item.shard_epoch = epoch(1);
  item.events.push_back({{}, {"Aded", schema_version(1), "{}"}, {}, {}});
  (void)node.journal.append_around(item);
  auto answer = node.add("a", 1);
  node.node.run();
  CHECK(answer.get().error().code() == model_errc::unknown_event_type);
  CHECK(answer.get().error().message().find("counter-a@1 at position 0:1") != std::string::npos);
  CHECK(answer.get().error().message().find("did you mean 'Added'") != std::string::npos);
  // It is not kept half read: the next command takes a permit to read it anew.
  CHECK(node.node->stats().live_aggregates == 0);
  CHECK(node.node->stats().recovering == 0);
  auto again = node.add("a", 1);
  node.node.run();
  CHECK(again.get().error().code() == model_errc::unknown_event_type);
  CHECK(node.node->stats().recoveries == 2);
}

TEST_CASE("a command that is not answered in time is timed out, and its late answer is counted") {
  counting_node node;
  auto answer = node.add("a", 1, {.timeout = std::chrono::seconds(2)});
  CHECK(node.node.run_once()); // the dispatcher knows of the deadline, the router has not begun
  node.node.advance(std::chrono::seconds(2));
  REQUIRE(answer.is_ready());
  REQUIRE_FALSE(answer.get());
  CHECK(answer.get().error().code() == runtime_errc::timed_out);
  CHECK(node.total("a") == 1);
  CHECK(node.node->stats().late_answers == 1);
  CHECK(node.node->stats().timed_out == 1);
}

TEST_CASE("a deadline that passes after the answer changes nothing") {
  counting_node node;
  auto quick = node.add("a", 1, {.timeout = std::chrono::seconds(1)});
  node.node.run();
  node.node.advance(std::chrono::hours(1));
  CHECK(quick.get());
  CHECK(node.node->stats().timed_out == 0);
}

TEST_CASE("an earlier deadline is kept although a later one was set before") {
  counting_node node;
  auto late = node.add("a", 1, {.timeout = std::chrono::seconds(60)});
  auto early = node.add("b", 1, {.timeout = std::chrono::seconds(1)});
  for (auto turn = 0; turn < 3; ++turn)
    CHECK(node.node.run_once()); // both are under way, neither is answered
  node.node.advance(std::chrono::seconds(1));
  REQUIRE_FALSE(early.get());
  CHECK(early.get().error().code() == runtime_errc::timed_out);
  CHECK(late.get());
}

TEST_CASE("a callback runs once with the answer, also when it comes after the answer") {
  counting_node node;
  auto calls = 0;
  auto answer = node.add("a", 1);
  answer.then([&](const result<receipt>& outcome) { calls += outcome ? 1 : 100; });
  CHECK(calls == 0);
  node.node.run();
  CHECK(calls == 1);
  answer.then([&](const result<receipt>& outcome) { calls += outcome ? 10 : 100; });
  CHECK(calls == 11);
}
