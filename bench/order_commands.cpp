#include <tusker/bench/order_commands.hpp>

#include <tusker/bench/order_history.hpp>

#include <utility>

namespace tusker::bench {

auto order_key(std::uint64_t number) -> std::string {
  return bought_order_key(number);
}

auto creation_of(std::uint64_t number) -> create_order {
  auto made = creation_event(number);
  return {std::move(made.order_id), std::move(made.customer_id), std::move(made.currency),
          std::move(made.items), made.total};
}

auto addition_of(std::uint64_t k) -> add_item {
  constexpr std::size_t digits = 4;
  auto number = std::to_string(k % 10'000);
  return {"sku-" + std::string(digits - number.size(), '0') + number, static_cast<std::int64_t>(1 + k % 3),
          static_cast<std::int64_t>(100 + k)};
}

} // namespace tusker::bench
