#pragma once

#include <cstdint>
#include <string>

namespace order_demo {

/// What a provider is asked to take from a customer.
struct charge_request {
  std::string payment_id; ///< Under which it is taken once, however often it is asked for.
  std::string order_id;
  std::string customer_id;
  std::int64_t amount_cents = 0;
};

} // namespace order_demo
