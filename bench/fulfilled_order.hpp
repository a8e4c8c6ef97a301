#pragma once

#include <tusker/bench/bought_order.hpp>
#include <tusker/model/aggregate.hpp>
#include <tusker/model/saga_table.hpp>
#include <tusker/model/typed_saga.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// The orders of the workloads with a saga: three aggregates an order, of which the saga brings two to what they do.

namespace tusker::bench {

struct inventory_released {
  std::string order_id;
  static constexpr auto schema =
      event("InventoryReleased", 1, field("orderId", &inventory_released::order_id));
};
struct payment_failed {
  std::string order_id;
  static constexpr auto schema = event("PaymentFailed", 1, field("orderId", &payment_failed::order_id));
};

struct place_order {
  std::string order_id;
  std::string customer_id;
  std::vector<bought_item> items;
  std::int64_t total = 0;
  static constexpr auto schema =
      command("PlaceOrder", 1, field("orderId", &place_order::order_id),
              field("customerId", &place_order::customer_id), field("items", &place_order::items),
              field("total", &place_order::total));
};
struct confirm_order {
  static constexpr auto schema = command("ConfirmOrder", 1);
};
struct cancel_order {
  std::string reason;
  static constexpr auto schema = command("CancelOrder", 1, field("reason", &cancel_order::reason));
};

/// The order itself.
struct sold_order {
  static constexpr std::string_view type_name = "order";
  struct state {
    std::string order_id;
  };
  using command = std::variant<place_order, confirm_order, cancel_order>;
  using event = std::variant<order_created, order_confirmed, order_cancelled>;

  static auto decide(const state&, const place_order& wish, const context&) -> decision<sold_order> {
    return order_created{wish.order_id, wish.customer_id, "EUR", wish.items, wish.total};
  }
  static auto decide(const state& at, const confirm_order&, const context&) -> decision<sold_order> {
    return order_confirmed{at.order_id};
  }
  static auto decide(const state& at, const cancel_order& wish, const context&) -> decision<sold_order> {
    return order_cancelled{at.order_id, wish.reason};
  }
  static auto evolve(const state&, const order_created& happened) -> state { return {happened.order_id}; }
  static auto evolve(state same, const order_confirmed&) -> state { return same; }
  static auto evolve(state same, const order_cancelled&) -> state { return same; }
};

struct reserve_inventory {
  std::string order_id;
  static constexpr auto schema =
      command("ReserveInventory", 1, field("orderId", &reserve_inventory::order_id));
};
struct release_inventory {
  std::string order_id;
  static constexpr auto schema =
      command("ReleaseInventory", 1, field("orderId", &release_inventory::order_id));
};

/// What is set aside for an order.
struct set_aside {
  static constexpr std::string_view type_name = "inventory";
  struct state {};
  using command = std::variant<reserve_inventory, release_inventory>;
  using event = std::variant<inventory_reserved, inventory_released>;

  static auto decide(const state&, const reserve_inventory& wish, const context&) -> decision<set_aside> {
    return inventory_reserved{wish.order_id, "r-" + wish.order_id};
  }
  static auto decide(const state&, const release_inventory& wish, const context&) -> decision<set_aside> {
    return inventory_released{wish.order_id};
  }
  template <class Event>
  static auto evolve(state same, const Event&) -> state {
    return same;
  }
};

/// A failing payment is for those whose number ends on 9, where payments fail.
struct process_payment {
  std::string order_id;
  std::int64_t amount = 0;
  bool fails = false;
  static constexpr auto schema =
      command("ProcessPayment", 1, field("orderId", &process_payment::order_id),
              field("amount", &process_payment::amount), field("fails", &process_payment::fails));
};

/// The money of an order.
struct taken_payment {
  static constexpr std::string_view type_name = "payment";
  struct state {};
  using command = std::variant<process_payment>;
  using event = std::variant<payment_processed, payment_failed>;

  static auto decide(const state&, const process_payment& wish, const context&) -> decision<taken_payment> {
    if (wish.fails)
      return payment_failed{wish.order_id};
    return payment_processed{wish.order_id, "p-" + wish.order_id, wish.amount};
  }
  template <class Event>
  static auto evolve(state same, const Event&) -> state {
    return same;
  }
};

/// Reserve, pay, confirm. Of an order in another currency than its own the payment fails.
template <bool Fails>
struct selling {
  static constexpr std::string_view type_name = "selling";
  struct state {
    std::string order_id;
    std::int64_t total = 0;
  };
  static auto evolve(const state&, const order_created& happened) -> state {
    return {happened.order_id, happened.total};
  }
  static auto table() -> saga_table<selling> {
    return saga_table<selling>(1)
        .template start<sold_order, order_created>(&order_created::order_id)
        .template undo<sold_order>(
            [](const state& at, const saga_failure& why) { return to(at.order_id, cancel_order{why.step}); })
        .step("reserve")
        .template send<set_aside>(
            [](const state& at) { return to(at.order_id, reserve_inventory{at.order_id}); })
        .template ok<inventory_reserved>()
        .template undo<set_aside>(
            [](const state& at) { return to(at.order_id, release_inventory{at.order_id}); })
        .step("pay")
        .template send<taken_payment>([](const state& at) {
          return to(at.order_id, process_payment{at.order_id, at.total, Fails && at.order_id.back() == '9'});
        })
        .template ok<payment_processed>()
        .template fail<payment_failed>()
        .step("confirm")
        .template send<sold_order>([](const state& at) { return to(at.order_id, confirm_order{}); })
        .template ok<order_confirmed>();
  }
};

} // namespace tusker::bench
