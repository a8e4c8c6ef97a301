#include <order/read_back.hpp>

#include <order/domain/order.hpp>
#include <order/order_comparison.hpp>
#include <order/problem_text.hpp>

#include <tusker/cli/interruption.hpp>
#include <tusker/cli/number_text.hpp>

#include <string>

namespace order_demo {

namespace {

/// What is wrong with the stored order; empty when nothing is.
auto fault_of_stored(const tusker::runtime& node, const sourced_order& sourced, order_tally& tally)
    -> std::string {
  const auto& id = sourced.order.order_id;
  auto stored = node.load<order>(id);
  if (!stored)
    return problem_text(sourced.place, "order", id, stored.error());
  tally.add(stored->state);
  auto found = difference(sourced.order, stored->state);
  if (found.empty())
    return {};
  return (sourced.place.empty() ? "" : sourced.place + ": ") + "order '" + id +
         "' was not read back equal: " + found;
}

auto is_stored(order_fate fate) -> bool {
  return fate == order_fate::placed || fate == order_fate::duplicate;
}

} // namespace

auto read_back(const tusker::runtime& node, order_source& source, const std::vector<order_fate>& fates,
               demo_console& console) -> tusker::result<read_back_result> {
  read_back_result seen;
  // Beyond the fates are the orders that an interrupted run did not send.
  while (!tusker::cli::was_interrupted()) {
    auto sourced = source.next();
    if (!sourced)
      return tusker::fail(sourced.error());
    if (!*sourced || (*sourced)->number >= fates.size())
      break;
    if (!is_stored(fates[(*sourced)->number]))
      continue;
    auto fault = fault_of_stored(node, **sourced, seen.tally);
    if (tusker::cli::was_interrupted())
      break; // it may be the end of the runtime that it met
    if (!fault.empty())
      console.differing.add(fault);
    else
      ++seen.equal;
    if (console.progress.is_due())
      console.progress.show("reading back  " + tusker::cli::grouped(seen.equal) + " orders");
  }
  return seen;
}

} // namespace order_demo
