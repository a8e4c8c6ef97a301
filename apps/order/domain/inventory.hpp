#pragma once

#include <order/domain/inventory_commands.hpp>
#include <order/domain/inventory_events.hpp>
#include <order/domain/inventory_rejections.hpp>
#include <order/domain/inventory_state.hpp>

#include <tusker/model/aggregate.hpp>

#include <cstdint>
#include <string_view>
#include <variant>

namespace order_demo {

/// The most units of one article, received at once or on hand.
inline constexpr std::int64_t stock_units_max = 1'000'000'000'000;

/// The stock of one article. Its key is the sku.
struct inventory {
  static constexpr std::string_view type_name = "inventory";

  using state = inventory_state;
  using command = std::variant<receive_stock, reserve_stock, release_stock>;
  using event =
      std::variant<stock_received, inventory_reserved, inventory_reservation_failed, inventory_released>;
  using rejection = std::variant<invalid_stock, invalid_reservation, reservation_mismatch, wrong_sku>;

  /// Rejections: `invalid_stock`, `wrong_sku`.
  [[nodiscard]] static auto decide(const state& current, const receive_stock& wish,
                                   const tusker::context& given) -> tusker::decision<inventory>;
  /// Reserves all or nothing; nothing is the event `inventory_reservation_failed`.
  /// Rejections: `invalid_reservation`, `reservation_mismatch`, `wrong_sku`.
  [[nodiscard]] static auto decide(const state& current, const reserve_stock& wish,
                                   const tusker::context& given) -> tusker::decision<inventory>;
  /// A release whose reservation is not open is recorded too, with 0 units, so that a late reservation finds
  /// it. Nothing happens when it was released before. Rejections: `invalid_reservation`, `wrong_sku`.
  [[nodiscard]] static auto decide(const state& current, const release_stock& wish,
                                   const tusker::context& given) -> tusker::decision<inventory>;

  [[nodiscard]] static auto evolve(state current, const stock_received& happened) -> state;
  [[nodiscard]] static auto evolve(state current, const inventory_reserved& happened) -> state;
  [[nodiscard]] static auto evolve(state current, const inventory_reservation_failed& happened) -> state;
  [[nodiscard]] static auto evolve(state current, const inventory_released& happened) -> state;
};

static_assert(tusker::aggregate<inventory>);

} // namespace order_demo
