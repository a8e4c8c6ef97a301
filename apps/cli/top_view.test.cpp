#include <tusker/cli/top_view.hpp>

#include <tusker_test/catch.hpp>

using namespace tusker;
using namespace tusker::cli;

namespace {

auto report_at(std::uint64_t ms, std::uint64_t executed) -> node_report {
  node_report report;
  report.uptime_ms = ms;
  report.stats = {{"executed", executed}, {"events", 2 * executed}, {"live_aggregates", 1'200}};
  report.events_by_type = {{"order", 2 * executed}};
  report.command_latency_us = {{1'000, 5'000}, {executed, executed / 10, 0}, executed * 700};
  report.storage = storage_report{1ULL << 36U, 1ULL << 30U, 2, 1'024, 3, 0, 0};
  report.projections.resize(1);
  report.projections.front().projection = "order_summary";
  report.projections.front().phase = "live";
  report.projections.front().lag = 17;
  report.projections.front().events = executed;
  report.sagas = {{"fulfilment", {{"running", 4}, {"completed", 1'234}}}};
  report.counts_age_ms = 2'000;
  report.dead_letters = {{"timer", 1}};
  return report;
}

auto has(const std::string& text, const std::string& part) -> bool {
  INFO(text);
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("what top shows are the rates and latencies between two looks") {
  auto text = top_text(report_at(10'000, 1'000), report_at(12'000, 3'000), {});
  CHECK(has(text, "1,000.0/s executed"));
  CHECK(has(text, "order 2,000.0/s"));
  CHECK(has(text, "p50 <= 1.00 ms  p99 <= 5.00 ms"));
  CHECK(has(text, "1.0 GiB of 64.0 GiB (1.6 %)"));
  CHECK(has(text, "order_summary"));
  CHECK(has(text, "1,234"));
  CHECK(has(text, "1 of timers"));
}

TEST_CASE("without an earlier look the rates are of the node's whole life") {
  auto text = top_text({}, report_at(10'000, 1'000), {});
  CHECK(has(text, "100.0/s executed"));
}

TEST_CASE("a node that was started anew between two looks counts from nothing") {
  auto text = top_text(report_at(100'000, 1'000'000), report_at(1'000, 10), {});
  CHECK(has(text, "10.0/s executed"));
}

TEST_CASE("a node that has nothing yet is shown all the same, and what it says cannot drive the terminal") {
  node_report report;
  report.failure = "gone\x1b[2J";
  auto text = top_text({}, report, {});
  CHECK(has(text, "failed: gone"));
  CHECK_FALSE(has(text, "\x1b"));
  CHECK(has(text, "not counted yet"));
}
