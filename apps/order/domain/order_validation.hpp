#pragma once

#include <order/domain/order_commands.hpp>

#include <cstddef>
#include <string>

namespace order_demo {

/// The longest id or name in an order, in bytes.
inline constexpr std::size_t order_text_bytes_max = 256;

/// Says why no order can have this content, in a sentence that names the line or the numbers; empty when it
/// can. An order has an id, a customer, a date, 1 to `order_items_max` items of different articles, each
/// within its limits, and the total that its items add up to.
[[nodiscard]] auto fault_of(const place_order& wish) -> std::string;

} // namespace order_demo
