#include "counting_node.hpp"

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;

TEST_CASE("an expected version that is not met is a conflict that carries both versions") {
  counting_node node;
  (void)node.add("a", 1);
  auto stale = node.add("a", 1, {.expected = no_stream});
  auto ahead = node.add("a", 1, {.expected = exact(7)});
  auto none = node.add("b", 1, {.expected = stream_exists});
  node.node.run();
  REQUIRE(stale.get().error().code() == journal_errc::version_conflict);
  const auto* conflict = ahead.get().error().detail<version_conflict>();
  REQUIRE(conflict != nullptr);
  CHECK(conflict->expected == expected_version(exact(7)));
  CHECK(conflict->actual == stream_version(1));
  CHECK(none.get().error().code() == journal_errc::version_conflict);
  CHECK(node.total("a") == 1);
}

TEST_CASE("an expected version that is met lets the command through") {
  counting_node node;
  auto first = node.add("a", 1, {.expected = no_stream});
  auto second = node.add("a", 1, {.expected = exact(1)});
  auto third = node.add("a", 1, {.expected = stream_exists});
  node.node.run();
  CHECK(first.get());
  CHECK(second.get());
  CHECK(third.get()->version == stream_version(3));
}

TEST_CASE("a command that expects nothing is decided again when another writer came first") {
  counting_node node;
  (void)node.add("a", 1);
  node.node.run();
  node.add_around("a", 10);
  auto answer = node.add("a", 100);
  node.node.run();
  REQUIRE(answer.get());
  CHECK(answer.get()->version == stream_version(3));
  CHECK(node.total("a") == 111);
  CHECK(node.node->stats().decided_again == 1);
}

TEST_CASE("a command that expects an exact version is not decided again") {
  counting_node node;
  (void)node.add("a", 1);
  node.node.run();
  node.add_around("a", 10);
  auto stale = node.add("a", 100, {.expected = exact(1)});
  auto right = node.add("a", 1000, {.expected = exact(2)});
  node.node.run();
  CHECK(stale.get().error().code() == journal_errc::version_conflict);
  CHECK(right.get());
  CHECK(node.total("a") == 1011);
}

TEST_CASE("a writer that is always first ends in a conflict, not in an endless loop") {
  runtime_options options;
  options.decisions_max = 3;
  counting_node node(options);
  node.journal.before_append = [&](auto) { node.add_around("a", 1); };
  auto answer = node.add("a", 100);
  node.node.run();
  CHECK(answer.get().error().code() == journal_errc::version_conflict);
  CHECK(node.journal.batch_sizes.size() == 3);
  node.journal.before_append = nullptr;
  auto next = node.add("a", 100);
  node.node.run();
  CHECK(next.get());
  CHECK(node.total("a") == 103);
}

TEST_CASE("a repeated command whose expectation is outdated by now still gets its first receipt") {
  counting_node node;
  auto id = command_id_from_key(timestamp{}, "x");
  auto first = node.add("a", 1, {.command_id = id, .expected = no_stream});
  auto again = node.add("a", 1, {.command_id = id, .expected = no_stream});
  node.node.run();
  REQUIRE(again.get());
  CHECK(again.get()->kind == receipt_kind::repeated);
  CHECK(again.get()->at == first.get()->at);
}

TEST_CASE("an append under an older epoch is fenced and the caller is told") {
  counting_node node;
  auto stream = *stream_id::make("counter", "a");
  auto shard = shard_of(stream, node.journal.shards());
  std::vector<shard_claim> claims{{shard, epoch(1)}};
  CHECK(node.journal.claim(claims, "somebody else").value().front() == epoch(2));
  auto answer = node.add("a", 1);
  node.node.run();
  CHECK(answer.get().error().code() == journal_errc::fenced);
  CHECK(node.total("a") == 0);
}
