#include <tusker/cli/limit_options.hpp>

#include <tusker_test/catch.hpp>

#include <array>

using namespace tusker;

namespace {

template <std::size_t Words>
auto parsed(std::array<const char*, Words> line) -> runtime_options {
  runtime_options limits;
  CLI::App command("test");
  cli::add_limit_options(command, limits);
  command.parse(static_cast<int>(line.size()), line.data());
  return limits;
}

} // namespace

TEST_CASE("a node's limits are taken from the command line") {
  auto limits =
      parsed(std::array{"test", "--live-max", "7", "--recoveries-max", "3", "--routers", "2",
                        "--worker-threads", "5", "--latency-target", "20", "--drain-timeout", "30"});
  CHECK(limits.live_aggregates_max == 7);
  CHECK(limits.recoveries_max == 3);
  CHECK(limits.routers_per_type == 2);
  CHECK(limits.worker_threads == 5);
  CHECK(limits.latency_target == std::chrono::milliseconds(20));
  CHECK(limits.drain_timeout == std::chrono::milliseconds(30));
}

TEST_CASE("limits that are not given stay as they are") {
  auto limits = parsed(std::array{"test"});
  CHECK(limits.live_aggregates_max == runtime_options().live_aggregates_max);
  CHECK(limits.drain_timeout == runtime_options().drain_timeout);
}
