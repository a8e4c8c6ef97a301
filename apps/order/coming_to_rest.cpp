#include <order/coming_to_rest.hpp>

#include <tusker/cli/interruption.hpp>

#include <chrono>

namespace order_demo {

namespace {

using tusker::subscriber_phase;

constexpr std::chrono::milliseconds look_interval{5};

auto is_at_rest(const tusker::subscriber_status& status) -> bool {
  return status.phase == subscriber_phase::live && status.position == status.head && status.parked == 0 &&
         status.in_flight == 0;
}

} // namespace

auto await_rest(const tusker::runtime& node, std::string_view subscriber)
    -> tusker::result<tusker::subscriber_status> {
  for (;;) {
    auto status = node.subscriber_status_of(subscriber);
    if (!status)
      return status;
    if (status->phase == subscriber_phase::failed)
      return tusker::fail(*status->failure);
    if (is_at_rest(*status) || status->phase == subscriber_phase::paused ||
        tusker::cli::wait_for_interruption(look_interval))
      return status;
  }
}

} // namespace order_demo
