// Events outlive the code that wrote them. Last year's program stores orders; this year's has other types, reads the
// same journal, and decides on it. What lies between is told once, in `upcasters`. docs/events.md walks through it.
#include <tusker/actors/runtime.hpp>
#include <tusker/model/upcasters.hpp>

#include <filesystem>
#include <iostream>
#include <variant>

namespace last_year {

struct order_placed {
  std::string customer;
  std::int64_t euros;
  static constexpr auto schema =
      tusker::event("OrderPlaced", 1, tusker::field("customer", &order_placed::customer),
                    tusker::field("euros", &order_placed::euros));
};
/// The price went up by `more` and down by `less`.
struct order_amended {
  std::int64_t more, less;
  static constexpr auto schema = tusker::event("OrderAmended", 1, tusker::field("more", &order_amended::more),
                                               tusker::field("less", &order_amended::less));
};
struct order_viewed {
  static constexpr auto schema = tusker::event("OrderViewed", 1);
};
struct place_order {
  std::string customer;
  std::int64_t euros;
  static constexpr auto schema =
      tusker::command("PlaceOrder", 1, tusker::field("customer", &place_order::customer),
                      tusker::field("euros", &place_order::euros));
};

struct order {
  static constexpr std::string_view type_name = "order";
  struct state {};
  using command = std::variant<place_order>;
  using event = std::variant<order_placed, order_amended, order_viewed>;

  static auto decide(const state&, const place_order& p, const tusker::context&) -> tusker::decision<order> {
    return {order_placed{p.customer, p.euros}, order_viewed{}, order_amended{5, 2}};
  }
  static auto evolve(state now, const order_placed&) -> state { return now; }
  static auto evolve(state now, const order_amended&) -> state { return now; }
  static auto evolve(state now, const order_viewed&) -> state { return now; }
};

} // namespace last_year

// This year's program.

struct order_created {
  std::string customer_id, currency;
  std::int64_t cents;
  static constexpr auto schema = tusker::event(
      "OrderCreated", 3, tusker::field("customer_id", &order_created::customer_id),
      tusker::field("currency", &order_created::currency), tusker::field("cents", &order_created::cents));
};
struct price_raised {
  std::int64_t cents;
  static constexpr auto schema =
      tusker::event("PriceRaised", 1, tusker::field("cents", &price_raised::cents));
};
struct price_lowered {
  std::int64_t cents;
  static constexpr auto schema =
      tusker::event("PriceLowered", 1, tusker::field("cents", &price_lowered::cents));
};
struct lower_price {
  std::int64_t cents;
  static constexpr auto schema =
      tusker::command("LowerPrice", 1, tusker::field("cents", &lower_price::cents));
};
struct price_too_low {
  std::int64_t cents;
  static constexpr auto schema =
      tusker::rejection("PriceTooLow", 1, tusker::field("cents", &price_too_low::cents));
};

struct order {
  static constexpr std::string_view type_name = "order";
  struct state {
    std::string customer_id, currency;
    std::int64_t cents = 0;
  };
  using command = std::variant<lower_price>;
  using event = std::variant<order_created, price_raised, price_lowered>;
  using rejection = std::variant<price_too_low>;

  static auto cents_of(const tusker::json_tree& euros) -> tusker::json_tree {
    return euros.get<std::int64_t>() * 100;
  }
  static auto parts_of(const tusker::json_tree& amended) -> std::vector<tusker::upcast_part> {
    return {{"PriceRaised", {{"cents", cents_of(amended.at("more"))}}},
            {"PriceLowered", {{"cents", cents_of(amended.at("less"))}}}};
  }
  static auto upcasters() -> tusker::upcasters {
    return tusker::upcasters{}
        .rename_type("OrderPlaced", 1, "OrderCreated")
        .rename_field("OrderCreated", 1, "customer", "customer_id")
        .change_fields(
            "OrderCreated", 2,
            tusker::field_changes{}.rename("euros", "cents").change("cents", cents_of).add("currency", "EUR"))
        .split("OrderAmended", 1, {{"PriceRaised", 1}, {"PriceLowered", 1}}, parts_of)
        .drop("OrderViewed", 1, "views are not kept any more");
  }

  static auto decide(const state& now, const lower_price& l, const tusker::context&)
      -> tusker::decision<order> {
    if (l.cents > now.cents)
      return price_too_low{now.cents};
    return price_lowered{l.cents};
  }
  static auto evolve(const state&, const order_created& c) -> state {
    return {c.customer_id, c.currency, c.cents};
  }
  static auto evolve(state now, const price_raised& r) -> state {
    now.cents += r.cents;
    return now;
  }
  static auto evolve(state now, const price_lowered& l) -> state {
    now.cents -= l.cents;
    return now;
  }
};

template <class Order, class Command>
auto run(const std::filesystem::path& data, const Command& command) -> tusker::result<std::string> {
  auto node = tusker::runtime::open({.journal = {.directory = data}});
  if (!node)
    return tusker::fail(node.error());
  if (auto started = node->add<Order>().start(); !started)
    return tusker::fail(started.error());
  if (auto receipt = node->dispatch<Order>("o-1", command).get(); !receipt)
    return tusker::fail(receipt.error());
  auto order = node->load<Order>("o-1");
  if (!order)
    return tusker::fail(order.error());
  auto told = "version " + std::to_string(order->version.value());
  if constexpr (std::is_same_v<Order, ::order>)
    told += ": " + order->state.customer_id + " pays " + std::to_string(order->state.cents) + " cents (" +
            order->state.currency + ")";
  return told;
}

int main(int argc, char** argv) {
  auto data = std::filesystem::path(argc > 1 ? argv[1] : "event-versions-data");
  std::filesystem::remove_all(data); // last year begins anew in every run
  auto then = run<last_year::order>(data, last_year::place_order{"c-7", 20});
  std::cout << "last year: " << (then ? *then : to_string(then.error())) << '\n';
  auto now = run<order>(data, lower_price{300});
  std::cout << "this year: " << (now ? *now : to_string(now.error())) << '\n';
  return now == "version 4: c-7 pays 2000 cents (EUR)" ? 0 : 1;
}
