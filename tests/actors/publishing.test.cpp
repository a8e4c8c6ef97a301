#include "publishing_node.hpp"

#include <tusker/model/model_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

// What callers publish is published once, whoever dies on the way, and each of them has one answer.

using namespace tusker;
using std::chrono::milliseconds;
using std::chrono::seconds;
using texts = std::vector<std::string>;

namespace {

using part_kind = node_part::part_kind;

auto failed_disk() -> error {
  return {journal_errc::io_error, "the disk failed"};
}

auto id_numbered(std::uint8_t number) -> message_id {
  uuid id;
  id.bytes[15] = number;
  id.bytes[0] = 1;
  id.bytes[6] = 0x70;
  return message_id(id);
}

} // namespace

TEST_CASE("a message is published when it is durable, under its id and with its key") {
  publishing_node of;
  metadata meta;
  meta.subject = "someone";
  auto receipt = of.publish("first", {.id = id_numbered(1), .key = "k", .meta = meta});
  CHECK_FALSE(receipt.is_ready());
  of.node.run();
  REQUIRE(receipt.is_ready());
  REQUIRE(receipt.get());
  auto stored = of.messages();
  REQUIRE(stored.size() == 1);
  CHECK(*receipt.get() == published{id_numbered(1), stored[0].at, receipt_kind::first});
  CHECK(stored[0].data.id.value() == id_numbered(1).value());
  CHECK(message_key(stored[0].data.meta) == "k");
  CHECK(stored[0].data.meta.subject == "someone");
  CHECK(of.node->stats().published_first == 1);
}

TEST_CASE("messages that are published together share a commit, and are in the topic in their order") {
  publishing_node of;
  std::vector<pending<published>> receipts;
  for (const auto* text : {"a", "b", "c"})
    receipts.push_back(of.publish(text));
  of.journal.batch_sizes.clear();
  of.node.run();
  for (const auto& receipt : receipts)
    CHECK(receipt.get());
  CHECK(of.texts() == texts{"a", "b", "c"});
  CHECK(of.journal.batch_sizes == std::vector<std::size_t>{3});
}

TEST_CASE("the same message under the same id is published once; another one is refused") {
  publishing_node of;
  auto first = of.publish("a", {.id = id_numbered(1)});
  of.node.run();
  auto again = of.publish("a", {.id = id_numbered(1)});
  auto other = of.publish("b", {.id = id_numbered(1)});
  auto other_key = of.publish("a", {.id = id_numbered(1), .key = "k"});
  of.node.run();
  REQUIRE(again.get());
  CHECK(again.get()->kind == receipt_kind::repeated);
  CHECK(again.get()->at == first.get()->at);
  CHECK(other.get().error().code() == journal_errc::command_id_reused);
  CHECK(other_key.get().error().code() == journal_errc::command_id_reused);
  CHECK(of.texts() == texts{"a"});
  CHECK(of.node->stats().published_repeated == 1);
  CHECK(of.node->stats().publishes_failed == 2);
}

TEST_CASE("what cannot be a message of a topic is refused at once, with what was meant") {
  runtime_options options;
  options.command_bytes_max = 100;
  publishing_node of(options);
  auto code_of = [&](std::string_view topic, encoded_message message, const publish_options& how = {}) {
    auto answer = of.node->publish(topic, std::move(message), how);
    REQUIRE(answer.is_ready());
    return answer.get().error();
  };
  auto good = encoded_message{"News", schema_version(1), R"({"text":"a"})"};
  auto unknown = code_of("bord", good);
  CHECK(unknown.code() == runtime_errc::unknown_topic);
  CHECK(unknown.message().find("did you mean 'board'") != std::string::npos);
  CHECK(code_of("events", good).code() == runtime_errc::unknown_topic);
  CHECK(code_of("board", {"Nws", schema_version(1), "{}"}).code() == model_errc::unknown_event_type);
  CHECK(code_of("board", {"News", schema_version(2), "{}"}).code() == model_errc::unsupported_schema_version);
  CHECK(code_of("board", {"News", schema_version(1), std::string(100, ' ')}).code() ==
        journal_errc::too_large);
  CHECK(code_of("board", good, {.id = message_id()}).code() == model_errc::malformed_id);
  CHECK_FALSE(of.node->publish("board", good, {.timeout = milliseconds(0)}).get());
  CHECK(of.texts().empty());
}

TEST_CASE("past its limit a node publishes nothing, and says so") {
  runtime_options options;
  options.publishes_in_flight_max = 2;
  publishing_node of(options);
  auto first = of.publish("a");
  auto second = of.publish("b");
  auto third = of.publish("c");
  REQUIRE(third.is_ready());
  CHECK(third.get().error().code() == runtime_errc::overloaded);
  of.node.run();
  CHECK(of.publish("d").is_ready() == false);
  of.node.run();
  CHECK(of.texts() == texts{"a", "b", "d"});
}

TEST_CASE("a publish whose commit failed is sent again when the journal is back, and counts once") {
  auto is_written = GENERATE(false, true);
  publishing_node of;
  (is_written ? of.journal.next_failure_after_write : of.journal.next_failure) = failed_disk();
  auto first = of.publish("a");
  auto second = of.publish("b");
  of.node.run();
  CHECK_FALSE(first.is_ready());
  of.node.advance(seconds(1));
  REQUIRE(first.is_ready());
  REQUIRE(second.is_ready());
  REQUIRE(first.get());
  CHECK(first.get()->kind == (is_written ? receipt_kind::repeated : receipt_kind::first));
  CHECK(of.texts() == texts{"a", "b"});
}

TEST_CASE("a publish that waits too long for the journal is timed out, and is not sent again") {
  publishing_node of;
  of.journal.next_failure = failed_disk();
  of.journal.failing_reopens = 3;
  auto late = of.publish("a", {.timeout = milliseconds(50)});
  of.node.run();
  of.node.advance(milliseconds(60));
  REQUIRE(late.is_ready());
  CHECK(late.get().error().code() == runtime_errc::timed_out);
  // The journal is tried again later each time.
  for (auto second = 0; second < 10; ++second)
    of.node.advance(seconds(1));
  auto next = of.publish("b");
  of.node.run();
  REQUIRE(next.is_ready());
  CHECK(next.get());
  CHECK(of.texts() == texts{"b"});
}

TEST_CASE("a full disk is said at once") {
  publishing_node of;
  of.journal.next_failure = error(journal_errc::storage_full, "no room");
  auto answer = of.publish("a");
  of.node.run();
  REQUIRE(answer.is_ready());
  CHECK(answer.get().error().code() == journal_errc::storage_full);
  CHECK(of.texts().empty());
}

TEST_CASE("whatever part dies at any moment, what is published is published once and everybody is answered") {
  auto part = GENERATE(part_kind::publisher, part_kind::journal);
  auto turns = GENERATE(range(0, 12));
  publishing_node of;
  auto first = of.publish("a");
  auto second = of.publish("b");
  of.run_turns(turns);
  of.node.crash({part, {}, 0});
  of.node.run();
  auto meanwhile = of.publish("c");
  of.node.run();
  of.node.advance(seconds(1));
  for (const auto* answer : {&first, &second, &meanwhile}) {
    REQUIRE(answer->is_ready());
    CHECK(answer->get());
  }
  CHECK(of.texts() == texts{"a", "b", "c"});
}

TEST_CASE("a shutdown answers what is being published, also while the journal is away") {
  auto is_away = GENERATE(false, true);
  publishing_node of;
  if (is_away) {
    of.journal.next_failure = failed_disk();
    of.journal.failing_reopens = 1'000;
  }
  auto open = of.publish("a");
  if (is_away)
    of.node.run();
  CHECK(of.node->shutdown());
  REQUIRE(open.is_ready());
  CHECK(open.get().has_value() == !is_away);
  if (is_away)
    CHECK(open.get().error().code() == runtime_errc::stopped);
  CHECK(of.publish("b").get().error().code() == runtime_errc::stopped);
}

TEST_CASE("a node that gives up answers its publishes why, now and later") {
  runtime_options options;
  options.restarts_max = 0;
  publishing_node of(options);
  of.journal.next_failure = failed_disk();
  of.journal.can_reopen = false;
  auto open = of.publish("a");
  of.node.run();
  REQUIRE(open.is_ready());
  CHECK(open.get().error().code() == journal_errc::io_error);
  CHECK(of.publish("b").get().error().code() == journal_errc::io_error);
}
