#include <order/requests/order_bodies.hpp>

#include <order/domain/order_total.hpp>
#include <order/domain/order_validation.hpp>

#include <tusker/http/http_errc.hpp>
#include <tusker/http/json_body.hpp>

#include <algorithm>
#include <utility>

namespace order_demo {

namespace {

using tusker::fail;
using tusker::http_errc;

/// Of items that no order can have there is none: the domain says which they are.
auto added_up(const std::vector<order_item>& items) -> std::int64_t {
  auto can_be = items.size() <= order_items_max && std::all_of(items.begin(), items.end(), is_within_limits);
  return can_be ? order_total_cents(items) : 0;
}

/// Clients take such a segment out of a path before they send it, so the order could not be asked for.
auto is_lost_in_a_path(std::string_view id) -> bool {
  return id == "." || id == "..";
}

} // namespace

auto parse_order(std::string_view body, const std::optional<idempotency_key>& key,
                 const std::string& fresh_id) -> tusker::result<place_order> {
  auto given = tusker::decode_json_body<order_body>(body);
  if (!given)
    return fail(given.error());
  place_order wish{given->order_id.value_or(key ? key->order_id() : fresh_id),
                   std::move(given->customer_id),
                   std::move(given->ordered_on),
                   std::move(given->ship_name),
                   std::move(given->ship_country),
                   std::move(given->items),
                   0};
  wish.total_cents = given->total_cents.value_or(added_up(wish.items));
  if (is_lost_in_a_path(wish.order_id))
    return fail(http_errc::bad_request,
                "the order_id '" + wish.order_id + "' cannot stand in a path; take another one");
  // The aggregate would say the same, and the refusal would be stored.
  if (auto fault = fault_of(wish); !fault.empty())
    return fail(http_errc::bad_request, fault);
  return wish;
}

auto parse_cancellation(std::string_view body) -> tusker::result<cancel_body> {
  auto given = tusker::decode_json_body<cancel_body>(body);
  if (given && given->reason.value_or("").size() > order_text_bytes_max)
    return fail(http_errc::bad_request,
                "the reason has more than " + std::to_string(order_text_bytes_max) + " bytes");
  return given;
}

} // namespace order_demo
