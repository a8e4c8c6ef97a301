#pragma once

#include <order/domain/order_item.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace order_demo {

/// The limits of a line. A line is worth at most 10^15 cents, which still fits in 64 bits before its division
/// by 100.
inline constexpr std::int64_t item_quantity_max = 1'000'000;
inline constexpr std::int64_t unit_price_cents_max = 1'000'000'000;

/// How many lines an order may have. Their total is at most 10^18 cents, a ninth of what 64 bits hold.
inline constexpr std::size_t order_items_max = 1'000;

/// Whether quantity (at least 1), price (at least 0) and discount (0 to 100 percent) are within the limits.
[[nodiscard]] auto is_within_limits(const order_item& item) -> bool;

/// What a line costs, in cents: quantity × price less the discount, rounded to the cent, half a cent up.
/// REQUIRES: `is_within_limits(item)`.
[[nodiscard]] auto line_total_cents(const order_item& item) -> std::int64_t;

/// What the lines cost together, in cents. Each line is rounded by itself, so the total is what a customer
/// who adds up the lines of the bill gets. REQUIRES: at most `order_items_max` lines, each within its limits.
[[nodiscard]] auto order_total_cents(std::span<const order_item> items) -> std::int64_t;

} // namespace order_demo
