#include <order/catch_up.hpp>

#include <order/projections/order_summary.hpp>
#include <order/projections/revenue_by_day.hpp>
#include <order/projections/stock_levels.hpp>

#include <tusker/cli/interruption.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/model/seen_token.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace order_demo {

namespace {

/// Rows that come no further are noticed after this time.
constexpr std::chrono::milliseconds patience{200};

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

/// Waits until the rows of a projection, which answers this question, have all that is in the journal now.
template <class Question>
void wait_for(tusker::runtime& node, std::string_view projection, demo_console& console) {
  auto first = node.projection_status_of(projection);
  if (!first)
    return;
  auto seen = tusker::seen_token({tusker::log_id(0), first->head});
  while (!tusker::cli::was_interrupted()) {
    auto status = node.projection_status_of(projection);
    if (!status)
      return;
    if (stands_still(*status)) {
      if (status->lag() > 0)
        console.standing.add(standing_text(*status));
      return;
    }
    auto answer = node.query(Question{}, {.seen = seen, .timeout = patience}).get();
    if (answer || answer.error().code() != tusker::runtime_errc::timed_out)
      return;
  }
}

} // namespace

void catch_up(tusker::runtime& node, demo_console& console) {
  wait_for<find_order>(node, order_summary::name, console);
  wait_for<find_day>(node, revenue_by_day::name, console);
  wait_for<find_stock>(node, stock_levels::name, console);
}

} // namespace order_demo
