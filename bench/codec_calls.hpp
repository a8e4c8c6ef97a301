#pragma once

#include <tusker/bench/bought_order.hpp>
#include <tusker/model/result.hpp>

#include <string>
#include <string_view>

namespace tusker::bench {

// In a file of their own, so that a profiler finds each as one function.

/// The event as JSON. Errors: those of `encode`.
[[nodiscard]] auto encode_order(const order_created& event) -> result<std::string>;

/// Reads it into a new struct. Errors: those of `decode_into`.
[[nodiscard]] auto decode_order(std::string_view json) -> result<order_created>;

} // namespace tusker::bench
