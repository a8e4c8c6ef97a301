#include <order/payments/ledger_check.hpp>

#include <tusker_test/catch.hpp>

#include <string>
#include <vector>

using namespace order_demo; // NOLINT(google-build-using-namespace)

namespace {

using texts = std::vector<std::string>;
using action = ledger_action;

auto ledger_of(const std::vector<ledger_entry>& entries) -> payment_ledger {
  payment_ledger ledger;
  for (const auto& entry : entries)
    ledger.add(entry);
  return ledger;
}

} // namespace

TEST_CASE("a ledger is summed up by payment") {
  auto ledger = ledger_of({{action::attempted, "p-1", 5, {}},
                           {action::charged, "p-2", 7, {}},
                           {action::charged, "p-1", 5, {}},
                           {action::refunded, "p-1", 5, {}},
                           {action::declined, "p-3", 9, "no money"},
                           {action::voided, "p-4", 0, {}}});
  REQUIRE(ledger.accounts().size() == 4);
  CHECK(ledger.accounts().at("p-1") == payment_account{1, 0, 1, 0, 5, 5});
  CHECK(ledger.accounts().at("p-2") == payment_account{1, 0, 0, 0, 7, 0});
  CHECK(ledger.accounts().at("p-3") == payment_account{0, 1, 0, 0, 0, 0});
  CHECK(ledger.accounts().at("p-4") == payment_account{0, 0, 0, 1, 0, 0});
  CHECK(ledger.lost_attempts() == 1);
  CHECK(ledger_faults(ledger).empty());
  CHECK(kept_payments(ledger) == texts{"p-2"});
}

TEST_CASE("control: each kind of fault in a ledger is found and named") {
  auto faults = [](const std::vector<ledger_entry>& entries) { return ledger_faults(ledger_of(entries)); };
  auto charge = ledger_entry{action::charged, "p", 5, {}};
  auto refund = ledger_entry{action::refunded, "p", 5, {}};
  CHECK(faults({charge, charge}) == texts{"payment 'p' was charged 2 times"});
  CHECK(faults({charge, refund, charge}) ==
        texts{"payment 'p' was charged 2 times", "payment 'p' was refunded 5 of 10 cents"});
  CHECK(faults({charge, refund, refund}) ==
        texts{"payment 'p' was refunded 2 times", "payment 'p' was refunded 10 of 5 cents"});
  CHECK(faults({refund}) == texts{"payment 'p' was refunded 5 of 0 cents"});
  CHECK(faults({charge, {action::refunded, "p", 4, {}}}) == texts{"payment 'p' was refunded 4 of 5 cents"});
  CHECK(faults({{action::voided, "p", 0, {}}, charge}) == texts{"payment 'p' was charged, and voided"});
}
