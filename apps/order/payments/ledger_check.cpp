#include <order/payments/ledger_check.hpp>

#include <tusker/model/quoted_text.hpp>

#include <cstdint>

namespace order_demo {

auto ledger_faults(const payment_ledger& ledger) -> std::vector<std::string> {
  std::vector<std::string> faults;
  for (const auto& [payment_id, account] : ledger.accounts()) {
    auto tell = [&faults, name = "payment " + tusker::quoted(payment_id)](const std::string& what) {
      faults.push_back(name + what);
    };
    auto times = [](std::uint64_t number) { return std::to_string(number) + " times"; };
    if (account.charged_times > 1)
      tell(" was charged " + times(account.charged_times));
    if (account.refunded_times > 1)
      tell(" was refunded " + times(account.refunded_times));
    if (account.refunded_times > 0 && account.refunded_cents != account.charged_cents) {
      tell(" was refunded " + std::to_string(account.refunded_cents) + " of " +
           std::to_string(account.charged_cents) + " cents");
    }
    if (account.voided_times > 0 && account.charged_times > 0)
      tell(" was charged, and voided");
  }
  return faults;
}

auto kept_payments(const payment_ledger& ledger) -> std::vector<std::string> {
  std::vector<std::string> kept;
  for (const auto& [payment_id, account] : ledger.accounts())
    if (account.charged_times > account.refunded_times)
      kept.push_back(payment_id);
  return kept;
}

} // namespace order_demo
