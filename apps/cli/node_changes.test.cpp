#include <tusker/cli/node_changes.hpp>

#include <tusker_test/catch.hpp>

#include <string>

using namespace tusker;
using namespace tusker::cli;

namespace {

auto with_projection(projection_phase phase, std::uint64_t letters = 0) -> node_look {
  projection_status status;
  status.name = "rows";
  status.phase = phase;
  status.dead_letters = letters;
  if (phase == projection_phase::failed)
    status.failure = error(runtime_errc::handler_failed, "no luck");
  return {{status}, {}, {}, std::nullopt};
}

auto sentences(const std::vector<log_record>& records) -> std::string {
  std::string all;
  for (const auto& each : records)
    all += std::string(name_of(each.level)) + " " + std::string(name_of(each.component)) + ": " +
           each.message + "\n";
  return all;
}

} // namespace

TEST_CASE("nothing is told where nothing has changed") {
  CHECK(changes_between({}, {}).empty());
  auto same = with_projection(projection_phase::failed, 3);
  CHECK(changes_between(same, same).empty());
}

TEST_CASE("a projection that fails, is paused and goes on is told, each once") {
  auto live = with_projection(projection_phase::live);
  auto failed = with_projection(projection_phase::failed);
  auto paused = with_projection(projection_phase::paused);
  auto changes = changes_between(live, failed);
  CHECK(sentences(changes) == "error projection: projection has failed\n");
  CHECK(changes.front().fields.front() == log_field{"projection", "rows"});
  CHECK(changes.front().fields.back().value.find("no luck") != std::string::npos);
  CHECK(sentences(changes_between(failed, paused)) == "warning projection: projection is paused\n");
  CHECK(sentences(changes_between(paused, live)) == "info projection: projection is live\n");
}

TEST_CASE("a projection that follows what comes is not told again and again") {
  auto live = with_projection(projection_phase::live);
  auto behind = with_projection(projection_phase::catching_up);
  CHECK(changes_between(live, behind).empty());
  CHECK(changes_between(behind, live).empty());
  CHECK(sentences(changes_between({}, live)) == "info projection: projection is live\n");
}

TEST_CASE("what was given up is told with how much it was") {
  auto changes =
      changes_between(with_projection(projection_phase::live, 1), with_projection(projection_phase::live, 4));
  CHECK(sentences(changes) == "warning projection: something was given up\n");
  CHECK(changes.front().fields.back() == log_field{"dead_letters", "3"});
}

TEST_CASE("counters that grew are told, and that the node gave up") {
  node_look now;
  now.stats.router_restarts = 2;
  now.failure = error(runtime_errc::stopped, "it is over");
  auto changes = changes_between({}, now);
  CHECK(sentences(changes) == "warning node: a router was started again\nerror node: the node gave up\n");
  CHECK(changes.front().fields.front() == log_field{"times", "2"});
}
