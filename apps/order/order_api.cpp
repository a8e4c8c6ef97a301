#include <order/order_api.hpp>

#include <order/domain/order.hpp>
#include <order/order_status_name.hpp>
#include <order/projections/order_summary.hpp>
#include <order/requests/idempotency_key.hpp>
#include <order/requests/order_bodies.hpp>
#include <order/requests/version_match.hpp>

#include <tusker/admin/admin_context.hpp>
#include <tusker/admin/error_answer.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/owned_journal.hpp>
#include <tusker/http/http_params.hpp>
#include <tusker/http/request_target.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/visitor.hpp>
#include <tusker/persistence/random_id.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace order_demo {

namespace {

using tusker::answer_of;
using tusker::fail;
using tusker::http_request;
using tusker::http_response;
using tusker::result;

constexpr int created = 201;
constexpr int bad_request = 400;
constexpr int not_found = 404;
constexpr int conflict = 409;
constexpr int gone = 410;
constexpr int unprocessable = 422;
constexpr std::uint64_t orders_max = 1'000;
constexpr std::uint64_t orders_by_default = 50;

/// What the order said, as a status.
auto status_of(const tusker::rejection_of<order>& said) -> int {
  return std::visit(tusker::visitor{[](const invalid_order&) { return bad_request; },
                                    [](const order_not_found&) { return not_found; },
                                    [](const auto&) { return conflict; }},
                    said);
}

auto failed(const tusker::error& failure) -> http_response {
  auto response = answer_of(failure);
  if (auto said = tusker::rejection_in<order>(failure))
    response.status = status_of(*said);
  // The key belongs to another request: sending this one again will never help.
  if (failure.code() == tusker::journal_errc::command_id_reused)
    response.status = unprocessable;
  return response;
}

auto key_of(const http_request& request) -> result<std::optional<idempotency_key>> {
  auto header = request.single_header("idempotency-key");
  if (!header)
    return fail(header.error());
  if (!*header)
    return std::nullopt;
  return idempotency_key::parse(**header).map(
      [](idempotency_key key) { return std::optional(std::move(key)); });
}

/// What became of an order by a command; the same when the command is sent again.
auto carried_out(const tusker::receipt& receipt, order_status status, int code) -> http_response {
  tusker::json_writer out;
  out.begin_object();
  tusker::cli::json_field(out, "order_id", receipt.stream.key());
  tusker::cli::json_field(out, "status", tusker::name_of(status));
  tusker::cli::json_field(out, "version", receipt.version);
  tusker::cli::json_field(out, "command_id", receipt.command);
  out.end_object();
  http_response response;
  response.status = code;
  response.body = tusker::without_newline(tusker::cli::json_line(std::move(out)));
  response.headers.emplace_back("ETag", to_tag(receipt.version));
  response.headers.emplace_back("Location", "/orders/" + tusker::escaped_in_target(receipt.stream.key()));
  return response;
}

/// Binds a key to an order that brought an id of its own, before that is placed: otherwise the key would be looked for
/// in the stream of whatever id comes with it. The stream of the id that the key itself gives is the same for all
/// requests of the key, those without an id too; it takes one command under the key, and keeps which. What dies in
/// between leaves a key that is good for that order alone.
auto bind_key(tusker::runtime& node, const idempotency_key& key, const place_order& wish) -> result<void> {
  tusker::dispatch_options options;
  options.command_id = key.command_id("place");
  auto bound = node.dispatch<order>(key.order_id(), bind_command_id{wish}, options).get();
  if (bound)
    return {};
  if (bound.error().code() != tusker::journal_errc::command_id_reused)
    return fail(bound.error());
  return fail(tusker::journal_errc::command_id_reused,
              "the Idempotency-Key '" + key.text() + "' is that of another order, or of another request");
}

auto place(tusker::runtime& node, const http_request& request) -> http_response {
  auto key = key_of(request);
  if (!key)
    return failed(key.error());
  auto fresh_id = "web-" + to_string(tusker::random_uuid(tusker::cli::wall_time()));
  auto wish = parse_order(request.body, *key, fresh_id);
  if (!wish)
    return failed(wish.error());
  if (*key && wish->order_id != (*key)->order_id())
    if (auto bound = bind_key(node, **key, *wish); !bound)
      return failed(bound.error());
  tusker::dispatch_options options;
  if (*key)
    options.command_id = (*key)->command_id("place");
  options.meta.subject = wish->customer_id;
  auto placed = node.dispatch<order>(wish->order_id, *wish, options).get();
  return placed ? carried_out(*placed, order_status::pending, created) : failed(placed.error());
}

auto cancel(tusker::runtime& node, const http_request& request, const std::string& order_id)
    -> http_response {
  auto key = key_of(request);
  auto body = key ? parse_cancellation(request.body) : fail(key.error());
  auto matched = body ? request.single_header("if-match") : fail(body.error());
  auto expected = matched ? expectation_of(*matched, body->expected_version) : fail(matched.error());
  if (!expected)
    return failed(expected.error());
  tusker::dispatch_options options;
  options.expected = *expected;
  if (*key)
    options.command_id = (*key)->command_id("cancel");
  auto wish = cancel_order{body->reason.value_or("cancelled by the customer")};
  auto done = node.dispatch<order>(order_id, wish, options).get();
  return done ? carried_out(*done, order_status::cancelled, 200) : failed(done.error());
}

/// Of what was taken away by hand, and does not come back.
auto is_gone(const tusker::error& failure) -> bool {
  return failure.code() == tusker::journal_errc::events_truncated ||
         failure.code() == tusker::journal_errc::stream_tombstoned;
}

auto show(const tusker::runtime& node, const std::string& order_id) -> http_response {
  auto stored = node.load<order>(order_id);
  if (!stored && is_gone(stored.error())) {
    auto response =
        failed({stored.error().code(), "the events of the order '" + order_id + "' were taken away"});
    response.status = gone;
    return response;
  }
  if (!stored)
    return failed(stored.error());
  if (stored->state.status == order_status::none)
    return failed({tusker::cli::cli_errc::not_found, "there is no order '" + order_id + "'"});
  auto response = tusker::answer_with(tusker::encode(stored->state).map([&](const std::string& json) {
    return tusker::cli::with_json_member(json, "version", std::to_string(stored->version.value()));
  }));
  response.headers.emplace_back("ETag", to_tag(stored->version));
  return response;
}

/// Which orders are listed.
struct listing {
  std::optional<order_status> status;
  std::optional<std::string> customer;
  tusker::page_request page;
};

auto parse_listing(const http_request& request) -> result<listing> {
  tusker::http_params params(request);
  auto status = parse_order_status(params.text("status"), "parameter 'status': ");
  listing wanted;
  wanted.customer = params.text("customer");
  wanted.page.rows_max = params.number("limit", 1, orders_max).value_or(orders_by_default);
  wanted.page.after = params.text("after").value_or("");
  if (auto read = params.finish(); !read)
    return fail(read.error());
  if (!status)
    return fail(status.error());
  wanted.status = *status;
  return wanted;
}

template <class Range>
auto list_range(const tusker::read_rows& rows, const Range& range, const listing& wanted)
    -> result<std::string> {
  auto page = rows.scan(range, wanted.page);
  if (!page)
    return fail(page.error());
  std::vector<std::string> entries;
  entries.reserve(page->rows.size());
  for (const auto& row : page->rows) {
    // Of a customer's orders those of one status are picked out: a page of them may be shorter.
    if (wanted.status && row.status != *wanted.status)
      continue;
    auto json = tusker::encode(row);
    if (!json)
      return json;
    entries.push_back(std::move(*json));
  }
  return tusker::list_json("orders", entries, page->next.empty() ? "null" : tusker::quoted_json(page->next));
}

/// The newest first. The rows follow the journal: an order that was placed a moment ago may not be among them yet.
auto list(const tusker::runtime& node, const http_request& request) -> http_response {
  auto wanted = parse_listing(request);
  if (!wanted)
    return failed(wanted.error());
  auto rows = node.read<order_summary>();
  if (!rows)
    return failed(rows.error());
  const auto& orders = order_summary::orders;
  if (wanted->customer)
    return tusker::answer_with(
        list_range(*rows, orders.by(order_summary::by_customer, *wanted->customer), *wanted));
  if (wanted->status)
    return tusker::answer_with(
        list_range(*rows, orders.by(order_summary::by_status, *wanted->status), *wanted));
  return tusker::answer_with(list_range(*rows, orders.by(order_summary::newest), *wanted));
}

} // namespace

auto order_routes(tusker::runtime& node) -> tusker::http_routes {
  using wildcards = tusker::http_routes::wildcards;
  tusker::http_routes routes;
  routes.add("POST", "/orders",
             [&node](const http_request& request, const wildcards&) { return place(node, request); });
  routes.add("GET", "/orders",
             [&node](const http_request& request, const wildcards&) { return list(node, request); });
  routes.add("GET", "/orders/*",
             [&node](const http_request&, const wildcards& found) { return show(node, found[0]); });
  routes.add("POST", "/orders/*/cancel", [&node](const http_request& request, const wildcards& found) {
    return cancel(node, request, found[0]);
  });
  return routes;
}

} // namespace order_demo
