#pragma once

#include <order/payments/stand_in_options.hpp>

#include <cstdint>
#include <string_view>

namespace order_demo {

/// How the first attempt to charge a payment ends at the stand-in.
enum class payment_luck : std::uint8_t { good, transient_failure, no_answer };

/// By the payment's id: the same in every run.
[[nodiscard]] auto luck_of(std::string_view payment_id, const stand_in_options& options) -> payment_luck;

} // namespace order_demo
