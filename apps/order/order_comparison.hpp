#pragma once

#include <order/domain/order_commands.hpp>
#include <order/domain/order_state.hpp>

#include <string>

namespace order_demo {

/// The first field in which a stored order is another than the one that was placed, with both values:
/// `items[1].quantity is 3, placed was 2`. Empty when it is the same order, field by field. What happened to it after
/// it was placed does not count, but an order that was never placed is another.
[[nodiscard]] auto difference(const place_order& placed, const order_state& stored) -> std::string;

} // namespace order_demo
