#include <tusker/actors/runtime.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>
#include <tusker_test/trip_saga.hpp>

#include <chrono>
#include <string>
#include <vector>

// Sagas on threads, where those who call and those who read have threads of their own.

using namespace tusker;
using namespace travelling;

namespace {

constexpr std::chrono::milliseconds patience = std::chrono::minutes(2);

auto options_in(const tusker_test::temporary_folder& folder) -> runtime_options {
  runtime_options options;
  options.journal.directory = folder.path() / "journal";
  options.journal.durable = durability::relaxed;
  return options;
}

auto started(const runtime_options& options) -> runtime {
  auto node = runtime::open(options).value();
  node.add<trip>().add<seat>().add<fare>().add_saga<booking>();
  REQUIRE(node.start());
  return node;
}

/// No seat takes one of these: its saga undoes it by itself.
auto trips_of(int life) -> std::vector<std::string> {
  constexpr int trips = 20;
  std::vector<std::string> names;
  names.reserve(trips);
  for (int number = 0; number < trips; ++number)
    names.push_back("broken" + std::to_string(life) + "_" + std::to_string(number));
  return names;
}

auto plan(runtime& node, const std::string& name) -> pending<receipt> {
  return node.dispatch<trip>(name, plan_trip{name, {"a", "b", "c"}, 500});
}

} // namespace

TEST_CASE("sagas that a shutdown interrupts are ended by the next life of the node") {
  tusker_test::temporary_folder folder;
  constexpr int lives = 6;
  for (int life = 0; life < lives; ++life) {
    auto node = started(options_in(folder));
    // Some of them were not planned before the end came; the others say that they were.
    for (const auto& name : life == 0 ? std::vector<std::string>() : trips_of(life - 1)) {
      auto planned = plan(node, name).get();
      CHECK((planned || planned.error().code() == runtime_errc::rejected));
      auto end = node.await_saga<booking>(name, patience).get();
      REQUIRE(end);
      CHECK(end->phase == saga_phase::compensated);
      CHECK(node.load<trip>(name)->state.now == "dropped");
    }
    CHECK(node.dead_letters()->letters.empty());
    std::vector<pending<receipt>> answers;
    auto names = trips_of(life);
    answers.reserve(names.size());
    for (const auto& name : names)
      answers.push_back(plan(node, name));
    (void)answers.front().get();
    REQUIRE(node.shutdown());
    CHECK(node.stats().calls_in_flight == 0);
    CHECK(node.stats().live_aggregates == 0);
  }
}
