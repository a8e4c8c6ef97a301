#pragma once

#include <system_error>

namespace order_demo {

/// What can go wrong between the orders and whoever takes the money.
enum class payment_errc {
  unavailable = 1,  ///< The provider has trouble: ask again.
  not_bound,        ///< The gateway does not know yet whom to tell what the provider said.
  malformed_ledger, ///< A line of a ledger is none.
};

[[nodiscard]] auto payment_category() noexcept -> const std::error_category&;
[[nodiscard]] auto make_error_code(payment_errc code) noexcept -> std::error_code;

} // namespace order_demo

template <>
struct std::is_error_code_enum<order_demo::payment_errc> : std::true_type {};
