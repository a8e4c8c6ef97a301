#include <order/domain/generated_orders.hpp>

#include <order/domain/order_total.hpp>

#include <tusker/model/timestamp.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>

namespace order_demo {

namespace {

constexpr std::int64_t stock_of_each = 1'000'000;

constexpr std::array<std::string_view, 8> countries{"Austria", "Brazil", "France", "Germany",
                                                    "Italy",   "Mexico", "Sweden", "USA"};
constexpr std::array<std::int64_t, 8> discounts_percent{0, 0, 0, 0, 5, 10, 15, 25};

/// A number from `least` to `most`. By remainder, because the standard's distributions give other numbers in
/// other standard libraries; that it favours small numbers by 2^-50 does not matter here.
auto draw_from(std::mt19937_64& engine, std::uint64_t least, std::uint64_t most) -> std::uint64_t {
  return least + engine() % (most - least + 1);
}

/// `o-00000042`: the prefix and the number, with zeros in front.
auto numbered(std::string_view prefix, std::uint64_t number, std::size_t digits) -> std::string {
  auto text = std::to_string(number);
  auto zeros = digits - std::min(digits, text.size());
  return std::string(prefix) + std::string(zeros, '0') + text;
}

auto date_in_2025(std::uint64_t day) -> std::string {
  constexpr auto first = std::chrono::sys_days(std::chrono::year(2025) / 1 / 1);
  return tusker::to_string(tusker::timestamp(first + std::chrono::days(day))).substr(0, 10);
}

} // namespace

auto generate_catalogue(std::uint64_t seed) -> std::vector<receive_stock> {
  std::mt19937_64 engine(seed);
  std::vector<receive_stock> catalogue;
  catalogue.reserve(generated_skus);
  for (std::uint64_t number = 1; number <= generated_skus; ++number)
    catalogue.push_back({numbered("sku-", number, 4), "Article " + std::to_string(number), stock_of_each,
                         static_cast<std::int64_t>(draw_from(engine, 100, 10'000))});
  return catalogue;
}

// The orders' numbers come from another seed than the catalogue's, so that neither repeats the other.
order_generator::order_generator(std::uint64_t seed)
    : catalogue_(generate_catalogue(seed)), engine_(seed ^ 0x9E3779B97F4A7C15U) {}

auto order_generator::next() -> place_order {
  ++made_;
  auto customer = draw(1, generated_customers);
  place_order order;
  order.order_id = numbered("o-", made_, 8);
  order.customer_id = numbered("c-", customer, 4);
  order.ordered_on = date_in_2025(draw(0, 364));
  order.ship_name = "Customer " + std::to_string(customer);
  order.ship_country = countries[customer % countries.size()];
  order.items = draw_items();
  order.total_cents = order_total_cents(order.items);
  return order;
}

auto order_generator::draw(std::uint64_t least, std::uint64_t most) -> std::uint64_t {
  return draw_from(engine_, least, most);
}

auto order_generator::draw_items() -> std::vector<order_item> {
  auto count = draw(1, 5);
  std::vector<order_item> items;
  while (items.size() < count) {
    const auto& article = catalogue_[draw(0, catalogue_.size() - 1)];
    auto quantity = static_cast<std::int64_t>(draw(1, 10));
    auto discount = discounts_percent[draw(0, discounts_percent.size() - 1)];
    auto is_taken =
        std::any_of(items.begin(), items.end(), [&](const auto& item) { return item.sku == article.sku; });
    // An order has one line for each article; drawing again keeps the numbers of lines even.
    if (!is_taken)
      items.push_back({article.sku, quantity, article.unit_price_cents.value_or(0), discount});
  }
  return items;
}

} // namespace order_demo
