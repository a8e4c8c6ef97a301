#include "counter.hpp"

#include <tusker/actors/runtime.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <string>
#include <vector>

// A runtime is opened, loaded and shut down over and over on the same journal: each ends cleanly, with an answer for
// everybody, and leaves what it acknowledged.

using namespace tusker;

namespace {

struct cycle_outcome {
  std::size_t answered = 0;
  std::size_t executed = 0;
};

auto options_in(const tusker_test::temporary_folder& folder) -> runtime_options {
  runtime_options options;
  options.journal.directory = folder.path() / "journal";
  options.journal.durable = durability::relaxed;
  options.live_aggregates_max = 8; // so that some leave and come back while the others work
  options.snapshot_every_events = 5;
  options.snapshot_on_passivation_events = 1;
  return options;
}

/// Dispatches under a runtime that is shut down before it has answered everything.
auto run_cycle(const runtime_options& options) -> cycle_outcome {
  std::vector<pending<receipt>> answers;
  answers.reserve(100);
  auto node = runtime::open(options).value();
  REQUIRE(node.add<counting::counter>().start());
  for (auto number = 0; number < 100; ++number)
    answers.push_back(node.dispatch<counting::counter>(std::to_string(number % 20), counting::add{1}));
  REQUIRE(node.shutdown());
  cycle_outcome outcome;
  outcome.answered = static_cast<std::size_t>(
      std::count_if(answers.begin(), answers.end(), [](const auto& answer) { return answer.is_ready(); }));
  outcome.executed = static_cast<std::size_t>(std::count_if(
      answers.begin(), answers.end(), [](const auto& answer) { return answer.get().has_value(); }));
  auto stats = node.stats();
  CHECK(stats.live_aggregates == 0);
  CHECK(stats.commands_in_routers == 0);
  return outcome;
}

auto sum_of_counters(const runtime_options& options) -> std::size_t {
  auto node = runtime::open(options).value();
  REQUIRE(node.add<counting::counter>().start());
  std::size_t sum = 0;
  for (auto key = 0; key < 20; ++key)
    sum += static_cast<std::size_t>(node.load<counting::counter>(std::to_string(key))->state.total);
  return sum;
}

} // namespace

TEST_CASE(
    "a runtime that is started and stopped again and again under load answers everybody and loses nothing",
    "[soak][cycles]") {
  tusker_test::temporary_folder folder;
  auto options = options_in(folder);
  auto cycles = tusker_test::rounds(20, 1'000);
  std::size_t executed = 0;
  for (auto cycle = 0; cycle < cycles; ++cycle) {
    auto outcome = run_cycle(options);
    CHECK(outcome.answered == 100);
    executed += outcome.executed;
  }
  CHECK(sum_of_counters(options) >= executed);
  CHECK(executed > 0);
  tusker_test::report_soak(std::to_string(cycles) + " starts and stops, " + std::to_string(executed) +
                           " commands executed, all of them stored");
}
