#pragma once

#include <order/demo_console.hpp>
#include <order/demo_options.hpp>
#include <order/order_source.hpp>
#include <tusker/load/latency_histogram.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/model/error.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace order_demo {

/// What came of one order of the input.
enum class order_fate : std::uint8_t {
  unknown,   ///< It was not sent, or given up because the run was interrupted.
  placed,    ///< Its events were stored now.
  duplicate, ///< It was placed before, by this run or an earlier one.
  rejected,  ///< The domain said no.
  failed,    ///< Any other error.
};

/// What came of all orders.
struct placing_result {
  std::vector<order_fate> fates; ///< By the orders' numbers, a byte each.
  std::uint64_t placed = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t rejected = 0;
  std::uint64_t failed = 0;
  std::uint64_t overloaded = 0; ///< How often an order was sent again because the runtime was full.
  std::chrono::nanoseconds took{};
  tusker::load::latency_histogram latencies; ///< From the sending of an order to the end of its fulfilment.
  /// What ended the placing before all orders were sent: the source's error, or one that `is_fatal`.
  std::optional<tusker::error> ended_by;

  [[nodiscard]] auto orders() const -> std::uint64_t { return fates.size(); }
};

/// Places all orders of the source, `in_flight` at a time: the next one follows when the fulfilment of one is over, or
/// with `place_only` when it is placed. Each is sent under the command id that belongs to it,
/// with its customer as the subject of its data. Orders that are rejected, fail or are given up are told on the
/// console.
[[nodiscard]] auto place_orders(tusker::runtime& node, order_source& source, const demo_options& options,
                                demo_console& console) -> placing_result;

} // namespace order_demo
