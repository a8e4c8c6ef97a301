#pragma once

#include <order/domain/reservation_failure.hpp>

#include <tusker/model/schema.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace order_demo {

struct stock_received {
  std::string sku;
  std::string name;
  std::int64_t quantity = 0;
  std::optional<std::int64_t> unit_price_cents;

  static constexpr auto schema = tusker::event(
      "StockReceived", 1, tusker::field("sku", &stock_received::sku),
      tusker::field("name", &stock_received::name), tusker::field("quantity", &stock_received::quantity),
      tusker::field("unit_price_cents", &stock_received::unit_price_cents));
};

struct inventory_reserved {
  std::string sku;
  std::string reservation_id;
  std::string order_id;
  std::int64_t quantity = 0;

  static constexpr auto schema =
      tusker::event("InventoryReserved", 1, tusker::field("sku", &inventory_reserved::sku),
                    tusker::field("reservation_id", &inventory_reserved::reservation_id),
                    tusker::field("order_id", &inventory_reserved::order_id),
                    tusker::field("quantity", &inventory_reserved::quantity));
};

/// A reservation could not be met. An event and no rejection, because sagas react to it.
struct inventory_reservation_failed {
  std::string sku;
  std::string reservation_id;
  std::string order_id;
  std::int64_t quantity = 0;  ///< What was asked for.
  std::int64_t available = 0; ///< What was free at that time.
  reservation_failure reason = reservation_failure::insufficient_stock;

  static constexpr auto schema =
      tusker::event("InventoryReservationFailed", 1, tusker::field("sku", &inventory_reservation_failed::sku),
                    tusker::field("reservation_id", &inventory_reservation_failed::reservation_id),
                    tusker::field("order_id", &inventory_reservation_failed::order_id),
                    tusker::field("quantity", &inventory_reservation_failed::quantity),
                    tusker::field("available", &inventory_reservation_failed::available),
                    tusker::field("reason", &inventory_reservation_failed::reason));
};

struct inventory_released {
  std::string sku;
  std::string reservation_id;
  std::string order_id;
  std::int64_t quantity = 0; ///< What was given back: 0 when the release came before its reservation.

  static constexpr auto schema =
      tusker::event("InventoryReleased", 1, tusker::field("sku", &inventory_released::sku),
                    tusker::field("reservation_id", &inventory_released::reservation_id),
                    tusker::field("order_id", &inventory_released::order_id),
                    tusker::field("quantity", &inventory_released::quantity));
};

} // namespace order_demo
