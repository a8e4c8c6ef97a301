#include <order/payments/stand_in_options.hpp>

#include <order/domain/payment.hpp>

#include <tusker/config/option_check.hpp>

#include <string>

namespace order_demo {

auto check(const stand_in_options& options) -> tusker::result<void> {
  using tusker::check_range;
  constexpr std::uint32_t all = 100;
  auto ranges =
      tusker::first_failure(check_range<std::int64_t>("the payment limit (cents)",
                                                      options.limit_cents.value_or(0), 0, payment_cents_max),
                            check_range<std::uint32_t>("the percentage of transient payment failures",
                                                       options.transient_percent, 0, all),
                            check_range<std::uint32_t>("the percentage of payments without an answer",
                                                       options.timeout_percent, 0, all));
  if (!ranges)
    return ranges;
  if (options.transient_percent + options.timeout_percent > all) {
    return tusker::fail(tusker::config_errc::out_of_range,
                        "transient payment failures (" + std::to_string(options.transient_percent) +
                            " %) and payments without an answer (" + std::to_string(options.timeout_percent) +
                            " %) must be 100 % at the most together");
  }
  return {};
}

} // namespace order_demo
