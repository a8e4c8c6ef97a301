#include <order/payments/gateway_options.hpp>

#include <algorithm>

namespace order_demo {

auto delivery_to_gateway(const gateway_options& options) -> tusker::subscriber_options {
  constexpr std::chrono::milliseconds delay_max = std::chrono::minutes(1);
  // So many times a minute are a week.
  constexpr std::uint32_t attempts_max = 10'000;
  tusker::subscriber_options how;
  // A payment's refund must not overtake its request.
  how.order = tusker::delivery_order::by_key;
  how.consumers = options.consumers;
  how.retries.delay_base = options.retry_base;
  how.retries.delay_max = std::max(delay_max, options.retry_base);
  how.retries.attempts_max = attempts_max;
  return how;
}

} // namespace order_demo
