#include "counting_node.hpp"

#include <tusker/config/config_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;

TEST_CASE("commands past the node's limit are refused at once, and taken again when there is room") {
  runtime_options options;
  options.commands_in_flight_max = 3;
  options.commands_per_aggregate_max = 3;
  counting_node node(options);
  std::vector<pending<receipt>> answers;
  answers.reserve(5);
  for (auto number = 0; number < 5; ++number)
    answers.push_back(node.add(std::to_string(number), 1));
  CHECK(answers[3].get().error().code() == runtime_errc::overloaded);
  CHECK(answers[4].get().error().code() == runtime_errc::overloaded);
  node.node.run();
  CHECK(answers[2].get());
  auto next = node.add("next", 1);
  node.node.run();
  CHECK(next.get());
  CHECK(node.node->stats().overloaded == 2);
}

TEST_CASE("a callback may dispatch the next command in the place of the one that was answered") {
  runtime_options options;
  options.commands_in_flight_max = 1;
  options.commands_per_aggregate_max = 1;
  counting_node node(options);
  std::optional<pending<receipt>> next;
  node.add("a", 1).then([&](const result<receipt>&) { next = node.add("a", 1); });
  node.node.run();
  REQUIRE(next);
  CHECK(next->get());
}

TEST_CASE("commands past one aggregate's limit are refused while others go on") {
  runtime_options options;
  options.commands_per_aggregate_max = 2;
  counting_node node(options);
  std::vector<pending<receipt>> answers;
  answers.reserve(4);
  for (auto number = 0; number < 4; ++number)
    answers.push_back(node.add("hot", 1));
  auto other = node.add("cold", 1);
  node.node.run();
  CHECK(answers[1].get());
  CHECK(answers[2].get().error().code() == runtime_errc::overloaded);
  CHECK(answers[3].get().error().message().find("commands_per_aggregate_max (2)") != std::string::npos);
  CHECK(other.get());
}

TEST_CASE("the aggregate that was idle longest makes room, and comes back as it was") {
  runtime_options options;
  options.live_aggregates_max = 2;
  counting_node node(options);
  for (const auto* key : {"a", "b", "a", "c", "b", "a"}) {
    auto answer = node.add(key, 1);
    node.node.run();
    CHECK(answer.get());
  }
  CHECK(node.total("a") == 3);
  CHECK(node.total("b") == 2);
  CHECK(node.node->stats().live_aggregates == 2);
  // c pushed b out, b pushed a out, a pushed c out.
  CHECK(node.node->stats().passivations == 3);
  CHECK(node.node->stats().recoveries == 5);
}

TEST_CASE("an aggregate with commands under way never makes room") {
  runtime_options options;
  options.live_aggregates_max = 1;
  counting_node node(options);
  auto busy = node.add("a", 1);
  auto refused = node.add("b", 1);
  node.node.run();
  CHECK(busy.get());
  CHECK(refused.get().error().code() == runtime_errc::overloaded);
  auto later = node.add("b", 1);
  node.node.run();
  CHECK(later.get());
}

TEST_CASE("an item of a batch that is too large is refused alone") {
  counting_node node;
  auto large = metadata();
  large.user["note"] = std::string((std::size_t{1} << 20U) + 1, 'x');
  auto refused = node.add("a", 1, {.meta = large});
  auto fine = node.add("b", 1);
  node.node.run();
  CHECK(refused.get().error().code() == journal_errc::too_large);
  CHECK(fine.get());
}

TEST_CASE("options out of their limits are refused by name") {
  runtime_options options;
  options.batch_items_max = 0;
  auto node = deterministic_runtime::open(options);
  REQUIRE_FALSE(node);
  CHECK(node.error().code() == config_errc::out_of_range);
  CHECK(node.error().message().find("batch_items_max") != std::string::npos);
}
