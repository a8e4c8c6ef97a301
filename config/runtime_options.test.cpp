#include <tusker/config/runtime_options.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker_test/catch.hpp>

#include <functional>

namespace tusker {

namespace {

using change = std::function<void(runtime_options&)>;

auto error_after(const change& by) -> error {
  auto options = runtime_options();
  options.journal.directory = "somewhere";
  by(options);
  auto checked = check(options);
  return checked ? error() : checked.error();
}

} // namespace

TEST_CASE("the defaults of a runtime are within their limits") {
  CHECK(error_after([](runtime_options&) {}) == error());
}

TEST_CASE("runtime options past their limits are refused by name") {
  auto [name, by] = GENERATE(table<std::string, change>({
      {"journal.shards", [](runtime_options& to) { to.journal.shards = shard_count(0); }},
      {"worker_threads", [](runtime_options& to) { to.worker_threads = 1'025; }},
      {"messages_per_turn_max", [](runtime_options& to) { to.messages_per_turn_max = 0; }},
      {"commands_in_flight_max", [](runtime_options& to) { to.commands_in_flight_max = 0; }},
      {"commands_per_aggregate_max", [](runtime_options& to) { to.commands_per_aggregate_max = 0; }},
      {"command_bytes_max", [](runtime_options& to) { to.command_bytes_max = std::size_t{17} << 20U; }},
      {"live_aggregates_max", [](runtime_options& to) { to.live_aggregates_max = 0; }},
      {"dispatch_timeout", [](runtime_options& to) { to.dispatch_timeout = std::chrono::milliseconds(0); }},
      {"dispatch_timeout", [](runtime_options& to) { to.dispatch_timeout = std::chrono::hours(25); }},
      {"decisions_max", [](runtime_options& to) { to.decisions_max = 0; }},
      {"queries_in_flight_max", [](runtime_options& to) { to.queries_in_flight_max = 0; }},
      {"query_workers", [](runtime_options& to) { to.query_workers = 65; }},
      {"query_timeout", [](runtime_options& to) { to.query_timeout = std::chrono::milliseconds(0); }},
      {"batch_items_max", [](runtime_options& to) { to.batch_items_max = 4'097; }},
      {"batch_bytes_max", [](runtime_options& to) { to.batch_bytes_max = 1'000; }},
      {"timers_in_flight_max", [](runtime_options& to) { to.timers_in_flight_max = 0; }},
      {"timer_retries.delay_base", [](runtime_options& to) { to.timer_retries.delay_base = {}; }},
      {"timer_retries.factor", [](runtime_options& to) { to.timer_retries.factor = 0.5; }},
      {"timer_retries.delay_max",
       [](runtime_options& to) { to.timer_retries.delay_max = std::chrono::milliseconds(1); }},
      {"timer_retries.jitter", [](runtime_options& to) { to.timer_retries.jitter = 1.5; }},
      {"timer_retries.attempts_max", [](runtime_options& to) { to.timer_retries.attempts_max = 0; }},
      {"drain_timeout", [](runtime_options& to) { to.drain_timeout = std::chrono::hours(2); }},
  }));
  auto failure = error_after(by);
  CHECK(failure.code() == config_errc::out_of_range);
  CHECK(failure.message().find(name) == 0);
}

TEST_CASE("the limit of commands in flight can be lowered alone") {
  CHECK(error_after([](runtime_options& to) { to.commands_in_flight_max = 10; }) == error());
}

TEST_CASE("an option that is out of range names both limits") {
  auto failure = error_after([](runtime_options& to) { to.decisions_max = 101; });
  CHECK(failure.message() == "decisions_max is 101, it must be from 1 to 100");
}

TEST_CASE("an aggregate type has options of its own, or those that hold for all") {
  runtime_options options;
  options.snapshot_every_events = 7;
  options.aggregates["order"] = {10, std::chrono::minutes(1), 3, 4};
  CHECK(options_of(options, "order") == aggregate_options{10, std::chrono::minutes(1), 3, 4});
  CHECK(options_of(options, "payment").snapshot_every_events == 7);
  CHECK(options_of(options, "payment").live_aggregates_max == options.live_aggregates_max);
}

TEST_CASE("what is wrong with the options of one aggregate type names it") {
  runtime_options options;
  options.aggregates["order"].live_aggregates_max = 0;
  auto checked = check_limits(options);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().message().find("aggregate order: live_aggregates_max") != std::string::npos);
}

} // namespace tusker
