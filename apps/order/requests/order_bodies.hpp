#pragma once

#include <order/domain/order_commands.hpp>
#include <order/requests/idempotency_key.hpp>

#include <tusker/model/result.hpp>
#include <tusker/model/schema.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace order_demo {

/// The body of `POST /orders`: a `place_order` whose id and total may be left out.
struct order_body {
  std::optional<std::string> order_id;
  std::string customer_id;
  std::string ordered_on; ///< A date, `1996-07-04`.
  std::string ship_name;
  std::string ship_country;
  std::vector<order_item> items;
  std::optional<std::int64_t> total_cents;

  static constexpr auto schema = tusker::record("Order", tusker::field("order_id", &order_body::order_id),
                                                tusker::field("customer_id", &order_body::customer_id),
                                                tusker::field("ordered_on", &order_body::ordered_on),
                                                tusker::field("ship_name", &order_body::ship_name),
                                                tusker::field("ship_country", &order_body::ship_country),
                                                tusker::field("items", &order_body::items),
                                                tusker::field("total_cents", &order_body::total_cents));
};

/// The body of `POST /orders/ID/cancel`; all of it may be left out.
struct cancel_body {
  std::optional<std::string> reason;
  std::optional<std::uint64_t> expected_version;

  static constexpr auto schema =
      tusker::record("Cancellation", tusker::field("reason", &cancel_body::reason),
                     tusker::field("expected_version", &cancel_body::expected_version));
};

/// What a body asks for. An order without an id gets that of the key; a total that is left out is added up.
/// `fresh_id` is the id of an order that has neither. Errors: those of `decode_json_body`, and
/// `http_errc::bad_request` with what no order can have.
[[nodiscard]] auto parse_order(std::string_view body, const std::optional<idempotency_key>& key,
                               const std::string& fresh_id) -> tusker::result<place_order>;

/// Errors: those of `decode_json_body`; `http_errc::bad_request` for a reason that is too long.
[[nodiscard]] auto parse_cancellation(std::string_view body) -> tusker::result<cancel_body>;

} // namespace order_demo
