#pragma once

#include <tusker/model/schema.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace order_demo {

/// Takes units of an article into stock. None is allowed: it makes an article known that is sold out.
struct receive_stock {
  std::string sku;
  std::string name;
  std::int64_t quantity = 0;
  std::optional<std::int64_t> unit_price_cents;

  static constexpr auto schema = tusker::command(
      "ReceiveStock", 1, tusker::field("sku", &receive_stock::sku),
      tusker::field("name", &receive_stock::name), tusker::field("quantity", &receive_stock::quantity),
      tusker::field("unit_price_cents", &receive_stock::unit_price_cents));

  friend auto operator==(const receive_stock&, const receive_stock&) -> bool = default;
};

/// Sets units aside for an order. Sent again under the same reservation id, it changes nothing.
struct reserve_stock {
  std::string sku;
  std::string reservation_id;
  std::string order_id;
  std::int64_t quantity = 0;

  static constexpr auto schema =
      tusker::command("ReserveStock", 1, tusker::field("sku", &reserve_stock::sku),
                      tusker::field("reservation_id", &reserve_stock::reservation_id),
                      tusker::field("order_id", &reserve_stock::order_id),
                      tusker::field("quantity", &reserve_stock::quantity));
};

/// Gives a reservation's units back. It may come before its reservation, or without one: the reservation will
/// then fail when it arrives.
struct release_stock {
  std::string sku;
  std::string reservation_id;
  std::string order_id;

  static constexpr auto schema =
      tusker::command("ReleaseStock", 1, tusker::field("sku", &release_stock::sku),
                      tusker::field("reservation_id", &release_stock::reservation_id),
                      tusker::field("order_id", &release_stock::order_id));
};

} // namespace order_demo
