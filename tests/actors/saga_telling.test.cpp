#include "booked_trip.hpp"

#include <tusker/actors/saga_host.hpp>
#include <tusker_test/catch.hpp>

#include <chrono>
#include <span>
#include <string>
#include <vector>

// Those who tell sagas of events, when parts of them die or find no room.

using namespace tusker;
using namespace travelling;
using namespace std::chrono_literals;

TEST_CASE(
    "whatever part of a saga's subscriber dies after whichever commit, the saga ends as if none had died") {
  for (auto dying :
       {crash_delivery::part::whole, crash_delivery::part::reader, crash_delivery::part::worker}) {
    for (int dies_at = 1; dies_at <= 12; ++dies_at) {
      INFO(static_cast<int>(dying) << " at commit " << dies_at);
      node test;
      int commits = 0;
      test.journal.before_append = [&](std::span<const append_item>) {
        if (++commits == dies_at)
          test.runtime.crash(crash_delivery{saga_subscriber_name("booking"), dying});
      };
      test.plan("t1", {"a", "b"});
      test.pass(4s);
      (void)test.send("t1", pay_fare{"t1"});
      test.pass(10s);
      check_is_booked(test);
    }
  }
}

TEST_CASE("an event that finds no room for its command waits, and is told once there is some") {
  runtime_options options;
  options.commands_in_flight_max = 1;
  node test(options);
  // With each commit somebody else tries to take the one place that there is.
  std::vector<pending<receipt>> others;
  constexpr std::size_t others_max = 40;
  test.journal.before_append = [&](std::span<const append_item>) {
    auto name = "other" + std::to_string(others.size());
    if (others.size() < others_max)
      others.push_back(test.runtime->dispatch<trip>(name, plan_trip{name, {"seat-of-" + name}, 1}));
  };
  test.plan("t1", {"a"});
  test.pass(60s);
  CHECK(test.phase("t1") != saga_phase::none);
  std::size_t planned = 0;
  for (std::size_t number = 0; number < others.size(); ++number) {
    INFO(number);
    auto is_planned = others[number].get().has_value();
    CHECK((test.phase("other" + std::to_string(number)) != saga_phase::none) == is_planned);
    planned += is_planned ? 1 : 0;
  }
  CHECK(others.size() == others_max);
  CHECK(planned > 1);
  CHECK(test.runtime->dead_letters()->letters.empty());
}
