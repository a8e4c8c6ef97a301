#pragma once

#include <tusker/model/result.hpp>

#include <cstdint>
#include <optional>

namespace order_demo {

/// How well the stand-in for a payment provider works. Which payments have trouble is decided by their ids, and no
/// payment has both kinds of it.
struct stand_in_options {
  /// Larger amounts are declined; none: nothing is. From 0 to `payment_cents_max`.
  std::optional<std::int64_t> limit_cents = std::nullopt;
  /// Of a hundred payments so many are told at first that the provider is not available. From 0 to 100.
  std::uint32_t transient_percent = 0;
  /// Of a hundred payments so many get no answer at first, and are not charged. From 0 to 100 − `transient_percent`.
  std::uint32_t timeout_percent = 0;
};

/// Errors: `config_errc::out_of_range`.
[[nodiscard]] auto check(const stand_in_options& options) -> tusker::result<void>;

} // namespace order_demo
