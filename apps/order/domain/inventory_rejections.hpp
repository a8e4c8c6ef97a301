#pragma once

#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>

namespace order_demo {

/// `receive_stock` with an empty sku, a quantity or a price outside its limits, or more than the stock can
/// hold.
struct invalid_stock {
  std::string reason;

  static constexpr auto schema =
      tusker::rejection("InvalidStock", 1, tusker::field("reason", &invalid_stock::reason));
};

/// `reserve_stock` or `release_stock` without a reservation id, or with a quantity outside its limits.
struct invalid_reservation {
  std::string reason;

  static constexpr auto schema =
      tusker::rejection("InvalidReservation", 1, tusker::field("reason", &invalid_reservation::reason));
};

/// `reserve_stock` under the id of an open reservation that has another order or quantity.
struct reservation_mismatch {
  std::string reservation_id;
  std::int64_t reserved_quantity = 0;
  std::int64_t requested_quantity = 0;

  static constexpr auto schema = tusker::rejection(
      "ReservationMismatch", 1, tusker::field("reservation_id", &reservation_mismatch::reservation_id),
      tusker::field("reserved_quantity", &reservation_mismatch::reserved_quantity),
      tusker::field("requested_quantity", &reservation_mismatch::requested_quantity));
};

/// A command for another article than the one that this inventory keeps.
struct wrong_sku {
  std::string kept;
  std::string named;

  static constexpr auto schema = tusker::rejection("WrongSku", 1, tusker::field("kept", &wrong_sku::kept),
                                                   tusker::field("named", &wrong_sku::named));
};

} // namespace order_demo
