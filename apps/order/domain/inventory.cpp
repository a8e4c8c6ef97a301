#include <order/domain/inventory.hpp>

#include <order/domain/order_total.hpp>

#include <optional>
#include <string>
#include <utility>

namespace order_demo {

namespace {

auto is_other_sku(const inventory_state& current, const std::string& sku) -> bool {
  return !current.sku.empty() && current.sku != sku;
}

/// Says why no stock can be received like this; empty when it can.
auto fault_of(const inventory_state& current, const receive_stock& wish) -> std::string {
  if (wish.sku.empty())
    return "the sku is empty";
  if (wish.quantity < 0 || wish.quantity > stock_units_max)
    return "quantity " + std::to_string(wish.quantity) + " is not within 0 to " +
           std::to_string(stock_units_max);
  // Both are at most stock_units_max, so the sum fits.
  if (current.on_hand + wish.quantity > stock_units_max)
    return "the stock would exceed " + std::to_string(stock_units_max) + " units";
  if (wish.unit_price_cents && (*wish.unit_price_cents < 0 || *wish.unit_price_cents > unit_price_cents_max))
    return "unit_price_cents " + std::to_string(*wish.unit_price_cents) + " is not within 0 to " +
           std::to_string(unit_price_cents_max);
  return {};
}

/// Says why nothing can be reserved like this; empty when it can.
auto fault_of(const reserve_stock& wish) -> std::string {
  if (wish.sku.empty() || wish.reservation_id.empty() || wish.order_id.empty())
    return "sku, reservation_id and order_id must not be empty";
  if (wish.quantity < 1 || wish.quantity > item_quantity_max)
    return "quantity " + std::to_string(wish.quantity) + " is not within 1 to " +
           std::to_string(item_quantity_max);
  return {};
}

/// What keeps a new reservation from being met, or nothing.
auto failure_of(const inventory_state& current, const reserve_stock& wish)
    -> std::optional<reservation_failure> {
  if (current.is_released(wish.reservation_id))
    return reservation_failure::released;
  if (current.deliveries == 0)
    return reservation_failure::unknown_sku;
  if (current.available() < wish.quantity)
    return reservation_failure::insufficient_stock;
  return std::nullopt;
}

} // namespace

auto inventory::decide(const state& current, const receive_stock& wish, const tusker::context& /*given*/)
    -> tusker::decision<inventory> {
  if (is_other_sku(current, wish.sku))
    return wrong_sku{current.sku, wish.sku};
  if (auto fault = fault_of(current, wish); !fault.empty())
    return invalid_stock{std::move(fault)};
  return stock_received{wish.sku, wish.name, wish.quantity, wish.unit_price_cents};
}

auto inventory::decide(const state& current, const reserve_stock& wish, const tusker::context& /*given*/)
    -> tusker::decision<inventory> {
  if (is_other_sku(current, wish.sku))
    return wrong_sku{current.sku, wish.sku};
  if (auto fault = fault_of(wish); !fault.empty())
    return invalid_reservation{std::move(fault)};
  if (auto open = current.reservations.find(wish.reservation_id); open != current.reservations.end()) {
    if (open->second == open_reservation{wish.order_id, wish.quantity})
      return tusker::nothing_happened{};
    return reservation_mismatch{wish.reservation_id, open->second.quantity, wish.quantity};
  }
  if (auto failure = failure_of(current, wish))
    return inventory_reservation_failed{wish.sku,      wish.reservation_id, wish.order_id,
                                        wish.quantity, current.available(), *failure};
  return inventory_reserved{wish.sku, wish.reservation_id, wish.order_id, wish.quantity};
}

auto inventory::decide(const state& current, const release_stock& wish, const tusker::context& /*given*/)
    -> tusker::decision<inventory> {
  if (is_other_sku(current, wish.sku))
    return wrong_sku{current.sku, wish.sku};
  if (wish.sku.empty() || wish.reservation_id.empty())
    return invalid_reservation{"sku and reservation_id must not be empty"};
  if (auto open = current.reservations.find(wish.reservation_id); open != current.reservations.end())
    return inventory_released{wish.sku, wish.reservation_id, open->second.order_id, open->second.quantity};
  if (current.is_released(wish.reservation_id))
    return tusker::nothing_happened{};
  return inventory_released{wish.sku, wish.reservation_id, wish.order_id, 0};
}

auto inventory::evolve(state current, const stock_received& happened) -> state {
  current.sku = happened.sku;
  current.name = happened.name;
  current.on_hand += happened.quantity;
  ++current.deliveries;
  return current;
}

auto inventory::evolve(state current, const inventory_reserved& happened) -> state {
  current.reservations[happened.reservation_id] = {happened.order_id, happened.quantity};
  current.reserved += happened.quantity;
  return current;
}

auto inventory::evolve(state current, const inventory_reservation_failed& happened) -> state {
  current.sku = happened.sku;
  return current;
}

auto inventory::evolve(state current, const inventory_released& happened) -> state {
  current.sku = happened.sku;
  current.reservations.erase(happened.reservation_id);
  current.reserved -= happened.quantity;
  current.remember_released(happened.reservation_id);
  return current;
}

} // namespace order_demo
