#pragma once

#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>

namespace order_demo {

/// The stock of one article, in units.
struct stock_level {
  std::string sku;
  std::string name; ///< Empty while none was ever received.
  std::int64_t received = 0;
  std::int64_t reserved = 0;
  std::int64_t available = 0; ///< What is received and not reserved.
  std::int64_t refused = 0;   ///< Reservations that could not be met.

  static constexpr auto schema = tusker::record(
      "StockLevel", tusker::field("sku", &stock_level::sku), tusker::field("name", &stock_level::name),
      tusker::field("received", &stock_level::received), tusker::field("reserved", &stock_level::reserved),
      tusker::field("available", &stock_level::available), tusker::field("refused", &stock_level::refused));

  friend auto operator==(const stock_level&, const stock_level&) -> bool = default;
};

} // namespace order_demo
