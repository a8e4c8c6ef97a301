#include "counting_node.hpp"

#include <tusker_test/catch.hpp>

namespace {

using namespace tusker;

TEST_CASE("a node measures its commands and commits, and counts events by the type of their aggregate") {
  counting_node node;
  auto before = node.node->measures();
  CHECK(before.command_latency.count() == 0);
  CHECK(before.events_by_type.empty());
  auto first = node.add("a", 1);
  auto second = node.add("b", 2);
  node.node.run();
  REQUIRE(first.get());
  REQUIRE(second.get());
  auto after = node.node->measures();
  CHECK(after.command_latency.count() == 2);
  CHECK(after.commit_time.count() == node.node->stats().commits);
  CHECK(after.batch_items.sum == node.node->stats().items);
  CHECK(after.events_by_type.at("counter") == 2);
}

} // namespace
