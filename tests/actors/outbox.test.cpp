#include "publishing_node.hpp"

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

// What a decision publishes comes into its topic once, whoever dies on the way.

using namespace tusker;
using std::chrono::seconds;
using texts = std::vector<std::string>;

namespace {

using part_kind = node_part::part_kind;

/// Lets everything come back that died.
void settle(publishing_node& of) {
  of.node.run();
  for (auto second = 0; second < 3; ++second)
    of.node.advance(seconds(1));
}

/// An entry as no decision of this program would make it.
void put_around(publishing_node& of, std::uint8_t number, std::string target) {
  append_item item;
  item.stream = *stream_id::make("writer", "around");
  item.shard = shard_of(item.stream, of.journal.shards());
  item.shard_epoch = epoch(1);
  uuid id;
  id.bytes = {1, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number};
  item.outbox.push_back({id, std::move(target), {"News", schema_version(1), R"({"text":"around"})"}, {}});
  if (!std::holds_alternative<appended>(of.journal.append_around(item)))
    throw std::logic_error("the entry was refused");
}

} // namespace

TEST_CASE("what a decision publishes is kept with its events in one commit, then published, then settled") {
  publishing_node of;
  std::vector<std::size_t> entries;
  std::vector<std::size_t> settled;
  of.journal.before_append = [&](std::span<const append_item> batch) {
    entries.push_back(batch.front().outbox.size());
    settled.push_back(batch.front().outbox_settled.size());
  };
  auto done = of.note("a", "hello", 2);
  of.node.run();
  REQUIRE(done.get());
  CHECK(of.texts() == texts{"hello/0", "hello/1"});
  // The command; the messages one after the other, as they have one key; the settling.
  CHECK(entries == std::vector<std::size_t>{2, 0, 0, 0});
  CHECK(settled == std::vector<std::size_t>{0, 0, 0, 2});
  CHECK(of.waiting() == 0);
  CHECK(of.node->stats().outbox_published == 2);
  auto message = of.messages().front();
  CHECK(message.data.meta.causation_id == done.get()->command.value());
  CHECK(message.data.meta.correlation_id == done.get()->command.value());
  CHECK(message_key(message.data.meta) == "one key");
}

TEST_CASE("a rejection publishes nothing") {
  publishing_node of;
  auto no = of.note("a", "");
  of.node.run();
  CHECK(no.get().error().code() == runtime_errc::rejected);
  CHECK(of.texts().empty());
  CHECK(of.waiting() == 0);
}

TEST_CASE("a command that is sent again publishes nothing again") {
  publishing_node of;
  for (auto time = 0; time < 2; ++time) {
    auto id = command_id_from_key(timestamp{std::chrono::hours(500'000)}, "the command");
    auto done = of.node->dispatch<publishing::writer>("a", publishing::note{"x", 1}, {.command_id = id});
    of.node.run();
    CHECK(done.get());
  }
  CHECK(of.texts() == texts{"x/0"});
}

TEST_CASE("messages of one key are in the topic in the order of their decisions") {
  publishing_node of;
  texts wanted;
  for (auto number = 0; number < 20; ++number) {
    (void)of.note("a", std::to_string(number), 3);
    for (auto copy = 0; copy < 3; ++copy)
      wanted.push_back(std::to_string(number) + "/" + std::to_string(copy));
  }
  of.node.run();
  CHECK(of.texts() == wanted);
  CHECK(of.waiting() == 0);
}

TEST_CASE("an outbox of many pages is emptied, with no more in flight than its limit") {
  runtime_options options;
  options.outbox_in_flight_max = 3;
  publishing_node of(options);
  for (auto number = 0; number < 10; ++number)
    (void)of.note(std::to_string(number), "n", 5);
  of.node.run();
  CHECK(of.texts().size() == 50);
  CHECK(of.waiting() == 0);
  CHECK(of.node->stats().items_waiting == 0);
}

TEST_CASE("whatever part dies at any moment, what was decided is published once") {
  auto part =
      GENERATE(as<node_part>(), node_part{part_kind::outbox, {}, 0}, node_part{part_kind::journal, {}, 0},
               node_part{part_kind::publisher, {}, 0}, node_part{part_kind::router, "writer", 0});
  auto turns = GENERATE(range(0, 24));
  publishing_node of;
  auto first = of.note("a", "a", 2);
  auto second = of.note("b", "b", 2);
  of.run_turns(turns);
  of.node.crash(part);
  settle(of);
  REQUIRE(first.get());
  REQUIRE(second.get());
  auto found = of.texts();
  CHECK(std::set<std::string>(found.begin(), found.end()) ==
        std::set<std::string>{"a/0", "a/1", "b/0", "b/1"});
  CHECK(found.size() == 4);
  CHECK(of.waiting() == 0);
}

TEST_CASE("a commit that fails on the way of a message loses nothing and repeats nothing") {
  auto is_written = GENERATE(false, true);
  auto commits = GENERATE(range(0, 4)); // the command, two messages, the settling
  publishing_node of;
  auto countdown = commits;
  of.journal.before_append = [&](std::span<const append_item>) {
    if (countdown-- == 0)
      (is_written ? of.journal.next_failure_after_write : of.journal.next_failure) =
          error(journal_errc::io_error, "the disk failed");
  };
  auto done = of.note("a", "x", 2);
  settle(of);
  REQUIRE(done.get());
  CHECK(of.texts() == texts{"x/0", "x/1"});
  CHECK(of.waiting() == 0);
  CHECK(of.node->stats().journal_restarts == 1);
}

TEST_CASE("what an earlier node left in its outboxes is published by the next") {
  publishing_node of;
  put_around(of, 1, "topic:board");
  of.node.crash({part_kind::outbox, {}, 0}); // one that starts again looks at all outboxes, as a node does
  settle(of);
  CHECK(of.texts() == texts{"around"});
  CHECK(of.waiting() == 0);
  CHECK(of.node->stats().outbox_restarts == 1);
}

TEST_CASE("an entry that no topic can take stays where it is, is counted, and keeps nobody back") {
  publishing_node of;
  put_around(of, 1, "elsewhere:board");
  put_around(of, 2, "topic:Not A Topic");
  put_around(of, 3, "topic:events");
  put_around(of, 4, "topic:board");
  for (auto time = 0; time < 2; ++time) {
    of.node.crash({part_kind::outbox, {}, 0});
    settle(of);
    CHECK(of.node->stats().outbox_stuck == 3);
  }
  CHECK(of.texts() == texts{"around"});
  CHECK(of.waiting() == 3);
}

TEST_CASE("a shutdown leaves in the outbox what was not published yet") {
  publishing_node of;
  of.journal.before_append = [&](std::span<const append_item> batch) {
    if (batch.front().stream.category() == topic_category)
      of.journal.next_failure = error(journal_errc::io_error, "the disk failed");
  };
  auto done = of.note("a", "x", 1);
  of.node.run();
  CHECK(done.get());
  CHECK(of.texts().empty());
  CHECK(of.waiting() == 1);
  CHECK(of.node->shutdown());
}

TEST_CASE("messages of one aggregate keep their order though the clock is set back between its decisions") {
  auto is_in_memory = GENERATE(true, false);
  publishing_node of;
  // Nobody publishes until it is back, so both wait at the same time.
  of.node.crash({part_kind::outbox, {}, 0});
  of.node.run();
  (void)of.note("a", "first", 2);
  of.node.run();
  if (!is_in_memory) {
    of.node.crash({part_kind::router, "writer", 0});
    of.node.run();
  }
  of.node.clock().advance(-std::chrono::hours(1));
  for (const auto* text : {"second", "third"}) {
    (void)of.note("a", text, 1);
    of.node.run();
  }
  while (of.node.run_once()) {
  }
  settle(of);
  CHECK(of.texts() == texts{"first/0", "first/1", "second/0", "third/0"});
  CHECK(of.waiting() == 0);
}
