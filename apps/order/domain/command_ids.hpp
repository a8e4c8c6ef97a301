#pragma once

#include <order/domain/inventory_commands.hpp>
#include <order/domain/order_commands.hpp>

#include <tusker/model/command_id.hpp>

namespace order_demo {

/// The command id that belongs to an order: importing a file twice places each order once. It begins with the
/// time of `ordered_on`; with 1970 when that is no date, for the order will be rejected anyway.
[[nodiscard]] auto command_id_of(const place_order& wish) -> tusker::command_id;

/// The command id that belongs to an article's first delivery: loading a catalogue twice fills the stock
/// once.
[[nodiscard]] auto command_id_of(const receive_stock& wish) -> tusker::command_id;

} // namespace order_demo
