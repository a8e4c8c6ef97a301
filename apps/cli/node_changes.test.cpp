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
  return {{status}, {}, {}};
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

TEST_CASE("a projection that is paused and goes on is told, each once; that it failed the node has told") {
  auto live = with_projection(projection_phase::live);
  auto failed = with_projection(projection_phase::failed);
  auto paused = with_projection(projection_phase::paused);
  CHECK(changes_between(live, failed).empty());
  auto changes = changes_between(failed, paused);
  CHECK(sentences(changes) == "warning projection: projection is paused\n");
  CHECK(changes.front().fields.front() == log_field{"projection", "rows"});
  CHECK(sentences(changes_between(paused, live)) == "info projection: projection is live\n");
  CHECK(sentences(changes_between(failed, live)) == "info projection: projection is live\n");
}

TEST_CASE("a projection that follows what comes is not told again and again") {
  auto live = with_projection(projection_phase::live);
  auto behind = with_projection(projection_phase::catching_up);
  CHECK(changes_between(live, behind).empty());
  CHECK(changes_between(behind, live).empty());
  CHECK(sentences(changes_between({}, live)) == "info projection: projection is live\n");
}

TEST_CASE("what the node tells when it happens is not told again") {
  node_look now = with_projection(projection_phase::live, 4);
  now.stats.router_restarts = 2;
  now.stats.crashes = 3;
  now.stats.timers_given_up = 1;
  CHECK(changes_between(with_projection(projection_phase::live, 1), now).empty());
}

TEST_CASE("counters that grew are told with how much it was") {
  node_look now;
  now.stats.overloaded = 2;
  auto changes = changes_between({}, now);
  CHECK(sentences(changes) == "warning node: commands were answered overloaded\n");
  CHECK(changes.front().fields.front() == log_field{"times", "2"});
}
