#pragma once

#include <order/domain/inventory.hpp>
#include <order/projections/order_queries.hpp>
#include <order/projections/stock_level.hpp>

#include <tusker/model/projection.hpp>
#include <tusker/model/read_rows.hpp>

#include <cstdint>
#include <string_view>
#include <tuple>
#include <variant>

namespace order_demo {

/// A row for each article that was received or asked for.
struct stock_levels {
  static constexpr std::string_view name = "stock_levels";
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<inventory>;
  using event =
      std::variant<stock_received, inventory_reserved, inventory_reservation_failed, inventory_released>;
  using query = std::variant<find_stock>;

  static constexpr auto scarcest = tusker::index("scarcest", &stock_level::available);
  static constexpr auto articles =
      tusker::table<stock_level>("articles", tusker::key(&stock_level::sku), scarcest);

  static auto on(const stock_received& happened, const tusker::event_context& at, tusker::read_model& to)
      -> tusker::result<void>;
  static auto on(const inventory_reserved& happened, const tusker::event_context& at, tusker::read_model& to)
      -> tusker::result<void>;
  static auto on(const inventory_reservation_failed& happened, const tusker::event_context& at,
                 tusker::read_model& to) -> tusker::result<void>;
  static auto on(const inventory_released& happened, const tusker::event_context& at, tusker::read_model& to)
      -> tusker::result<void>;

  static auto answer(const find_stock& asked, const tusker::read_rows& from)
      -> tusker::result<find_stock::answer>;
};

static_assert(tusker::projection<stock_levels>);

} // namespace order_demo
