#pragma once

#include <order/payments/payment_ledger.hpp>

#include <string>
#include <vector>

namespace order_demo {

/// What must not stand in a ledger, a sentence each: somebody was charged twice, or was given back twice, or another
/// amount than was taken. None when all is well.
[[nodiscard]] auto ledger_faults(const payment_ledger& ledger) -> std::vector<std::string>;

/// The payments that were charged and not given back, in order: those of confirmed orders, when all is done.
[[nodiscard]] auto kept_payments(const payment_ledger& ledger) -> std::vector<std::string>;

} // namespace order_demo
