#pragma once

#include <tusker/model/enum_names.hpp>
#include <tusker/model/schema.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace order_demo {

/// What a provider did about a payment.
enum class ledger_action {
  attempted, ///< It was asked for the first time and did nothing: it was not available, or gave no answer.
  charged,
  declined,
  refunded,
  voided, ///< Given back before anything was taken.
};

/// A line of a provider's ledger.
struct ledger_entry {
  ledger_action action = ledger_action::attempted;
  std::string payment_id;
  std::int64_t amount_cents = 0; ///< What was asked for, taken or given back; 0 when it was voided.
  std::optional<std::string> reason;

  static constexpr auto schema = tusker::record("LedgerEntry", tusker::field("action", &ledger_entry::action),
                                                tusker::field("payment_id", &ledger_entry::payment_id),
                                                tusker::field("amount_cents", &ledger_entry::amount_cents),
                                                tusker::field("reason", &ledger_entry::reason));

  friend auto operator==(const ledger_entry&, const ledger_entry&) -> bool = default;
};

} // namespace order_demo

template <>
inline constexpr auto
    tusker::enum_names<order_demo::ledger_action> = tusker::names<order_demo::ledger_action>({
        {order_demo::ledger_action::attempted, "attempted"},
        {order_demo::ledger_action::charged, "charged"},
        {order_demo::ledger_action::declined, "declined"},
        {order_demo::ledger_action::refunded, "refunded"},
        {order_demo::ledger_action::voided, "voided"},
    });
