#include <tusker/bench/order_commands.hpp>

#include <tusker/bench/order_history.hpp>

namespace tusker::bench {

auto order_key(std::uint64_t number) -> std::string {
  return bought_order_key(number);
}

auto creation_of(std::uint64_t number) -> create_order {
  constexpr std::size_t digits = 4;
  auto price = static_cast<std::int64_t>(1'000 + number % 1'000);
  auto customer = std::to_string(number % 1'000);
  return {"o-" + order_key(number),
          "c-" + std::string(digits - customer.size(), '0') + customer,
          "EUR",
          {{"sku-0001", 1, 1'299}, {"sku-0002", 2, 499}, {"sku-0003", 3, price}},
          2'297 + 3 * price};
}

auto addition_of(std::uint64_t k) -> add_item {
  constexpr std::size_t digits = 4;
  auto number = std::to_string(k % 10'000);
  return {"sku-" + std::string(digits - number.size(), '0') + number, static_cast<std::int64_t>(1 + k % 3),
          static_cast<std::int64_t>(100 + k)};
}

} // namespace tusker::bench
