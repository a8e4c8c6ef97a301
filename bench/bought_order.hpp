#pragma once

#include <tusker/model/aggregate.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// The orders of the workloads that read: four events each, as JSON the documents that all compared systems store.

namespace tusker::bench {

struct bought_item {
  std::string sku;
  std::int64_t qty = 0;
  std::int64_t price = 0;
  static constexpr auto schema = record("BoughtItem", field("sku", &bought_item::sku),
                                        field("qty", &bought_item::qty), field("price", &bought_item::price));
};

struct order_created {
  std::string order_id;
  std::string customer_id;
  std::string currency;
  std::vector<bought_item> items;
  std::int64_t total = 0;
  static constexpr auto schema =
      event("OrderCreated", 1, field("orderId", &order_created::order_id),
            field("customerId", &order_created::customer_id), field("currency", &order_created::currency),
            field("items", &order_created::items), field("total", &order_created::total));
};

struct inventory_reserved {
  std::string order_id;
  std::string reservation_id;
  static constexpr auto schema =
      event("InventoryReserved", 1, field("orderId", &inventory_reserved::order_id),
            field("reservationId", &inventory_reserved::reservation_id));
};

struct payment_processed {
  std::string order_id;
  std::string payment_id;
  std::int64_t amount = 0;
  static constexpr auto schema =
      event("PaymentProcessed", 1, field("orderId", &payment_processed::order_id),
            field("paymentId", &payment_processed::payment_id), field("amount", &payment_processed::amount));
};

struct order_confirmed {
  std::string order_id;
  static constexpr auto schema = event("OrderConfirmed", 1, field("orderId", &order_confirmed::order_id));
};

struct order_cancelled {
  std::string order_id;
  std::string reason;
  static constexpr auto schema = event("OrderCancelled", 1, field("orderId", &order_cancelled::order_id),
                                       field("reason", &order_cancelled::reason));
};

struct buy {
  static constexpr auto schema = command("Buy", 1);
};

struct not_bought {
  static constexpr auto schema = rejection("NotBought", 1);
};

/// Whose events these are. Nobody sends it a command: the events are stored through the journal.
struct bought_order {
  static constexpr std::string_view type_name = "order";
  struct state {};
  using command = std::variant<buy>;
  using event =
      std::variant<order_created, inventory_reserved, payment_processed, order_confirmed, order_cancelled>;
  using rejection = std::variant<not_bought>;

  static auto decide(const state&, const buy&, const context&) -> decision<bought_order> {
    return not_bought{};
  }
  template <class Event>
  static auto evolve(state same, const Event&) -> state {
    return same;
  }
};

} // namespace tusker::bench
