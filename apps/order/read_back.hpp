#pragma once

#include <order/demo_console.hpp>
#include <order/order_source.hpp>
#include <order/order_tally.hpp>
#include <order/placing.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <vector>

namespace order_demo {

struct read_back_result {
  std::uint64_t equal = 0;
  order_tally tally;
};

/// Reads every order that was placed or a duplicate from the journal and compares it with the input, which `source`
/// gives once more. Returns how many are equal, and how all that are stored stand; those that differ are told on the
/// console. Errors: those of the source.
[[nodiscard]] auto read_back(const tusker::runtime& node, order_source& source,
                             const std::vector<order_fate>& fates, demo_console& console)
    -> tusker::result<read_back_result>;

} // namespace order_demo
