#pragma once

namespace order_demo {

/// What a refund came to.
enum class refund_outcome {
  refunded, ///< What was taken was given back.
  voided,   ///< Nothing had been taken, and nothing will be.
};

} // namespace order_demo
