#pragma once

#include <order/domain/order_status.hpp>

#include <tusker/model/position.hpp>
#include <tusker/model/schema.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace order_demo {

/// An order as a list shows it.
struct order_summary_row {
  std::string order_id;
  std::string customer_id;
  order_status status = order_status::none;
  std::int64_t total_cents = 0;
  std::string ordered_on; ///< A date, `1996-07-04`.
  /// The place of its first event in the journal.
  tusker::log_offset place;
  // When these were decided.
  std::optional<tusker::timestamp> created;
  std::optional<tusker::timestamp> paid;
  std::optional<tusker::timestamp> confirmed;
  std::optional<tusker::timestamp> cancelled;
  std::string cancel_reason; ///< Empty unless it is cancelled.

  static constexpr auto schema = tusker::record(
      "OrderSummary", tusker::field("order_id", &order_summary_row::order_id),
      tusker::field("customer_id", &order_summary_row::customer_id),
      tusker::field("status", &order_summary_row::status),
      tusker::field("total_cents", &order_summary_row::total_cents),
      tusker::field("ordered_on", &order_summary_row::ordered_on),
      tusker::field("place", &order_summary_row::place),
      tusker::field("created", &order_summary_row::created), tusker::field("paid", &order_summary_row::paid),
      tusker::field("confirmed", &order_summary_row::confirmed),
      tusker::field("cancelled", &order_summary_row::cancelled),
      tusker::field("cancel_reason", &order_summary_row::cancel_reason));

  friend auto operator==(const order_summary_row&, const order_summary_row&) -> bool = default;
};

} // namespace order_demo
