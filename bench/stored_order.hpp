#pragma once

#include <tusker/bench/bought_order.hpp>
#include <tusker/model/aggregate.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// The orders of the workloads that append and load.

namespace tusker::bench {

struct item_added {
  std::string sku;
  std::int64_t qty = 0;
  std::int64_t price = 0;
  static constexpr auto schema = event("ItemAdded", 1, field("sku", &item_added::sku),
                                       field("qty", &item_added::qty), field("price", &item_added::price));
};

struct create_order {
  std::string order_id;
  std::string customer_id;
  std::string currency;
  std::vector<bought_item> items;
  std::int64_t total = 0;
  static constexpr auto schema =
      command("CreateOrder", 1, field("orderId", &create_order::order_id),
              field("customerId", &create_order::customer_id), field("currency", &create_order::currency),
              field("items", &create_order::items), field("total", &create_order::total));
};

struct add_item {
  std::string sku;
  std::int64_t qty = 0;
  std::int64_t price = 0;
  static constexpr auto schema = command("AddItem", 1, field("sku", &add_item::sku),
                                         field("qty", &add_item::qty), field("price", &add_item::price));
};

/// Changes nothing: its receipt tells the order's version, so the order must have been loaded.
struct look_at_order {
  static constexpr auto schema = command("LookAtOrder", 1);
};

struct order_sums {
  std::int64_t qty = 0;
  std::int64_t total = 0;
  friend auto operator==(const order_sums&, const order_sums&) -> bool = default;
};

/// The same as a state of which snapshots can be kept.
struct kept_order_sums {
  std::int64_t qty = 0;
  std::int64_t total = 0;
  static constexpr auto schema =
      snapshot("OrderSums", 1, field("qty", &kept_order_sums::qty), field("total", &kept_order_sums::total));
};

template <class State>
struct order_of {
  static constexpr std::string_view type_name = "order";
  using state = State;
  using command = std::variant<create_order, add_item, look_at_order>;
  using event = std::variant<order_created, item_added>;

  static auto decide(const state&, const create_order& wish, const context&) -> decision<order_of> {
    return order_created{wish.order_id, wish.customer_id, wish.currency, wish.items, wish.total};
  }
  static auto decide(const state&, const add_item& wish, const context&) -> decision<order_of> {
    return item_added{wish.sku, wish.qty, wish.price};
  }
  static auto decide(const state&, const look_at_order&, const context&) -> decision<order_of> {
    return nothing_happened{};
  }
  static auto evolve(state at, const order_created& happened) -> state {
    for (const auto& item : happened.items)
      at.qty += item.qty;
    at.total += happened.total;
    return at;
  }
  static auto evolve(state at, const item_added& happened) -> state {
    return {at.qty + happened.qty, at.total + happened.qty * happened.price};
  }
};

using stored_order = order_of<order_sums>;
using kept_order = order_of<kept_order_sums>;

} // namespace tusker::bench
