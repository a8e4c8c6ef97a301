#include <order/catch_up.hpp>

#include <tusker/cli/interruption.hpp>
#include <tusker/cli/number_text.hpp>

#include <chrono>
#include <string>
#include <thread>

namespace order_demo {

namespace {

constexpr std::chrono::milliseconds look_interval{2};

auto stands_still(const tusker::projection_status& status) -> bool {
  return status.phase == tusker::projection_phase::paused ||
         status.phase == tusker::projection_phase::failed ||
         status.phase == tusker::projection_phase::stopped;
}

/// What is told of a projection that does not come further.
auto standing_text(const tusker::projection_status& status) -> std::string {
  auto is_paused = status.phase == tusker::projection_phase::paused;
  auto why = is_paused ? std::string("is paused") : "has stopped";
  if (status.failure)
    why += " (" + tusker::to_string(*status.failure) + ")";
  return "projection '" + status.name + "' " + why + ", its rows are " + tusker::cli::grouped(status.lag()) +
         " events behind";
}

/// Waits for one projection; returns how it then was.
auto wait_for(const tusker::runtime& node, const std::string& name, tusker::log_offset target)
    -> tusker::result<tusker::projection_status> {
  for (;;) {
    auto status = node.projection_status_of(name);
    if (!status || status->position >= target || stands_still(*status) || tusker::cli::was_interrupted())
      return status;
    std::this_thread::sleep_for(look_interval);
  }
}

} // namespace

void catch_up(const tusker::runtime& node, demo_console& console) {
  for (const auto& each : node.projections()) {
    auto status = wait_for(node, each.name, each.head);
    if (status && stands_still(*status) && status->lag() > 0 && !tusker::cli::was_interrupted())
      console.standing.add(standing_text(*status));
  }
}

} // namespace order_demo
