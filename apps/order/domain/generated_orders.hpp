#pragma once

#include <order/domain/inventory_commands.hpp>
#include <order/domain/order_commands.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace order_demo {

/// How many articles and customers the generated world has.
inline constexpr std::size_t generated_skus = 100;
inline constexpr std::size_t generated_customers = 1'000;

/// The articles `sku-0001` to `sku-0100`, each with a price from 100 to 10,000 cents and 1,000,000 units.
/// The same seed gives the same catalogue on every machine.
[[nodiscard]] auto generate_catalogue(std::uint64_t seed) -> std::vector<receive_stock>;

/// Makes valid orders for that catalogue, without end: `o-00000001`, `o-00000002`, …, of customers `c-0001`
/// to `c-1000`, on the days of 2025, each of 1 to 5 different articles. The same seed gives the same orders
/// on every machine, however many are taken.
class order_generator {
public:
  explicit order_generator(std::uint64_t seed);

  [[nodiscard]] auto next() -> place_order;

private:
  auto draw(std::uint64_t least, std::uint64_t most) -> std::uint64_t;
  auto draw_items() -> std::vector<order_item>;

  std::vector<receive_stock> catalogue_;
  std::mt19937_64 engine_;
  std::uint64_t made_ = 0;
};

} // namespace order_demo
