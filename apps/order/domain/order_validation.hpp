#pragma once

#include <order/domain/order_commands.hpp>

#include <cstddef>
#include <string>

namespace order_demo {

/// The longest name in an order, in bytes.
inline constexpr std::size_t order_text_bytes_max = 256;
/// The longest id of an order or a customer, in bytes: both together stand in one key of an index.
inline constexpr std::size_t order_id_bytes_max = 128;

/// Says why no order can have this content, in a sentence that names the line or the numbers; empty when it can. An
/// order has an id and a customer (neither with a control character), a date, 1 to `order_items_max` items of different
/// articles, each within its limits, and the total that its items add up to.
[[nodiscard]] auto fault_of(const place_order& wish) -> std::string;

} // namespace order_demo
