#pragma once

#include <cstdint>
#include <string>

namespace tusker::bench {

/// The event `ItemAdded` number `k` as JSON.
[[nodiscard]] inline auto item_document(std::uint64_t k) -> std::string {
  auto number = std::to_string(k);
  constexpr std::size_t digits = 4;
  auto zeros = number.size() < digits ? digits - number.size() : 0;
  return R"({"sku":"sku-)" + std::string(zeros, '0') + number + R"(","qty":)" + std::to_string(1 + k % 3) +
         R"(,"price":)" + std::to_string(100 + k) + "}";
}

} // namespace tusker::bench
