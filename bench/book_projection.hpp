#pragma once

#include <tusker/bench/order_book.hpp>
#include <tusker/model/projection.hpp>
#include <tusker/model/read_table.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <tuple>

namespace tusker::bench {

struct book_row {
  std::string order;
  std::string customer;
  std::int64_t total = 0;
  order_standing status = order_standing::created;
  static constexpr auto schema =
      record("BookRow", field("order", &book_row::order), field("customer", &book_row::customer),
             field("total", &book_row::total), field("status", &book_row::status));
};

/// The order book as a projection: a row an order.
struct book_projection {
  static constexpr std::string_view name = "book";
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<bought_order>;
  using event = bought_order::event;

  static constexpr auto rows = table<book_row>("orders", key(&book_row::order));

  /// Is called with each order that ends, after its row is changed. Set before the runtime starts.
  static inline std::function<void(const std::string& order)> on_end;

  static auto on(const order_created& happened, const event_context&, read_model& to) -> result<void> {
    return to.put(rows, {happened.order_id, happened.customer_id, happened.total, order_standing::created});
  }
  static auto on(const inventory_reserved& happened, const event_context&, read_model& to) -> result<void> {
    return move_to(happened.order_id, order_standing::reserved, to);
  }
  static auto on(const payment_processed& happened, const event_context&, read_model& to) -> result<void> {
    return move_to(happened.order_id, order_standing::paid, to);
  }
  static auto on(const order_confirmed& happened, const event_context&, read_model& to) -> result<void> {
    return end(happened.order_id, order_standing::confirmed, to);
  }
  static auto on(const order_cancelled& happened, const event_context&, read_model& to) -> result<void> {
    return end(happened.order_id, order_standing::cancelled, to);
  }

private:
  static auto move_to(const std::string& order, order_standing status, read_model& to) -> result<void> {
    return to.update(rows.at(order), [status](book_row& row) { row.status = status; });
  }
  static auto end(const std::string& order, order_standing status, read_model& to) -> result<void> {
    auto moved = move_to(order, status, to);
    if (moved && on_end)
      on_end(order);
    return moved;
  }
};

} // namespace tusker::bench
