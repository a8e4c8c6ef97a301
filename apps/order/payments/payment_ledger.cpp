#include <order/payments/payment_ledger.hpp>

#include <order/payments/ledger_reading.hpp>

namespace order_demo {

auto payment_ledger::read(const std::filesystem::path& file) -> tusker::result<payment_ledger> {
  payment_ledger ledger;
  auto whole = read_ledger(file, [&ledger](const ledger_entry& entry) { ledger.add(entry); });
  if (!whole)
    return tusker::fail(whole.error());
  return ledger;
}

void payment_ledger::add(const ledger_entry& entry) {
  auto& account = accounts_[entry.payment_id];
  switch (entry.action) {
  case ledger_action::attempted:
    ++lost_attempts_;
    break;
  case ledger_action::charged:
    ++account.charged_times;
    account.charged_cents += entry.amount_cents;
    break;
  case ledger_action::declined:
    ++account.declined_times;
    break;
  case ledger_action::refunded:
    ++account.refunded_times;
    account.refunded_cents += entry.amount_cents;
    break;
  case ledger_action::voided:
    ++account.voided_times;
    break;
  }
}

} // namespace order_demo
