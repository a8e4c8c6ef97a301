#pragma once

#include <order/domain/order_commands.hpp>

#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace order_demo {

/// An order of the input, and where it stands there.
struct sourced_order {
  std::uint64_t number =
      0;             ///< Among the orders of the source, counted from 0. The same each time it is read.
  std::string place; ///< `orders.ndjson:12`; empty for an order that was generated.
  place_order order;
};

/// Where orders come from, one after another.
class order_source {
public:
  order_source() = default;
  order_source(const order_source&) = delete;
  auto operator=(const order_source&) -> order_source& = delete;
  virtual ~order_source() = default;

  /// The next order; none at the end. Errors: `cli_errc::cannot_read`.
  [[nodiscard]] virtual auto next() -> tusker::result<std::optional<sourced_order>> = 0;

  /// How much of the source was given, from 0 to 1.
  [[nodiscard]] virtual auto progress() const -> double = 0;
};

/// Told of each line that is no order: `orders.ndjson:12: PlaceOrder.items: …`.
using fault_handler = std::function<void(const std::string& message)>;

/// The first `count_max` orders of a file with one `place_order` a line, all when it is none. Lines that are no
/// orders are passed over, after `on_fault` was told. Errors: `cli_errc::cannot_open`.
[[nodiscard]] auto read_orders(const std::filesystem::path& path, std::optional<std::uint64_t> count_max,
                               fault_handler on_fault) -> tusker::result<std::unique_ptr<order_source>>;

/// The first `count` orders that a seed makes.
[[nodiscard]] auto generate_orders(std::uint64_t seed, std::uint64_t count) -> std::unique_ptr<order_source>;

} // namespace order_demo
