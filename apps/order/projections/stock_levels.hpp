#pragma once

#include <order/domain/inventory.hpp>

#include <tusker/model/projection.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>

namespace order_demo {

/// The stock of one article, in units.
struct stock_level {
  std::string sku;
  std::string name; ///< Empty while none was ever received.
  std::int64_t received = 0;
  std::int64_t reserved = 0;
  std::int64_t available = 0; ///< What is received and not reserved.
  std::int64_t refused = 0;   ///< Reservations that could not be met.

  static constexpr auto schema = tusker::record(
      "StockLevel", tusker::field("sku", &stock_level::sku), tusker::field("name", &stock_level::name),
      tusker::field("received", &stock_level::received), tusker::field("reserved", &stock_level::reserved),
      tusker::field("available", &stock_level::available), tusker::field("refused", &stock_level::refused));

  friend auto operator==(const stock_level&, const stock_level&) -> bool = default;
};

/// A row for each article that was received or asked for.
struct stock_levels {
  static constexpr std::string_view name = "stock_levels";
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<inventory>;
  using event =
      std::variant<stock_received, inventory_reserved, inventory_reservation_failed, inventory_released>;

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
};

static_assert(tusker::projection<stock_levels>);

} // namespace order_demo
