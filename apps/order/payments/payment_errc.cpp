#include <order/payments/payment_errc.hpp>

#include <tusker/model/named_error_category.hpp>

#include <array>
#include <string_view>

namespace order_demo {

namespace {

constexpr std::array<std::string_view, 3> names{"unavailable", "not_bound", "malformed_ledger"};

} // namespace

auto payment_category() noexcept -> const std::error_category& {
  static const tusker::named_error_category category("order.payments", names);
  return category;
}

auto make_error_code(payment_errc code) noexcept -> std::error_code {
  return {static_cast<int>(code), payment_category()};
}

} // namespace order_demo
