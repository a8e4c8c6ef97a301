#include <order/domain/payment.hpp>

#include <tusker/model/given_when_then.hpp>

#include <tusker_test/catch.hpp>

#include <limits>

using namespace order_demo; // NOLINT(google-build-using-namespace)
using tusker::given;
using tusker::stored;

namespace {

auto request() -> request_payment {
  return {"p-1", "o-1", "c-1", 3200};
}

auto process() -> process_payment {
  return {"p-1", "o-1", "c-1", 3200};
}

auto give_up() -> fail_payment {
  return {"p-1", "o-1", "card declined"};
}

auto refund() -> refund_payment {
  return {"p-1", "o-1", "cancelled"};
}

auto requested(std::uint32_t attempt = 1) -> payment_requested {
  return {"o-1", "p-1", "c-1", 3200, attempt};
}

auto processed() -> payment_processed {
  return {"o-1", "p-1", 3200};
}

auto failed() -> payment_failed {
  return {"o-1", "p-1", "card declined"};
}

auto refunded(std::int64_t amount_cents) -> payment_refunded {
  return {"o-1", "p-1", amount_cents, "cancelled"};
}

/// What each command says of another payment than the one that is settled or asked for.
template <class Rejection, class... Events>
void check_other_payment(const Rejection& refused, const Events&... history) {
  auto of = given<payment>(history...);
  CHECK(of.when(request_payment{"p-2", "o-1", "c-1", 3200}).then(refused));
  CHECK(of.when(process_payment{"p-2", "o-1", "c-1", 3200}).then(refused));
  CHECK(of.when(fail_payment{"p-2", "o-1", "card declined"}).then(refused));
  CHECK(of.when(refund_payment{"p-2", "o-1", "cancelled"}).then(refused));
}

} // namespace

TEST_CASE("a payment can be processed or fail without a request") {
  CHECK(given<payment>().when(process()).then(processed()));
  CHECK(given<payment>().when(give_up()).then(failed()));
}

TEST_CASE("a payment that was asked for can be processed or fail") {
  CHECK(given<payment>().when(request()).then(requested()));
  CHECK(given<payment>(requested()).when(process()).then(processed()));
  CHECK(given<payment>(requested()).when(give_up()).then(failed()));
}

TEST_CASE("a payment without an outcome is asked for again, and its attempts are counted") {
  CHECK(given<payment>(requested()).when(request()).then(requested(2)));
  CHECK(given<payment>(requested(), requested(2)).when(request()).then(requested(3)));
  CHECK(given<payment>(requested(), requested(2)).when(process()).then(processed()));
}

TEST_CASE("a payment that has its outcome is not asked for again") {
  CHECK(given<payment>(requested(), processed()).when(request()).then_nothing_happened());
  CHECK(given<payment>(requested(), failed()).when(request()).then_nothing_happened());
  CHECK(given<payment>(processed()).when(request()).then_nothing_happened());
  CHECK(given<payment>(failed()).when(request()).then_nothing_happened());
}

TEST_CASE("while one payment is asked for there is no other, and no other amount") {
  auto open = payment_mismatch{"p-1", 3200};
  check_other_payment(open, requested());
  CHECK(given<payment>(requested()).when(request_payment{"p-1", "o-1", "c-1", 3201}).then(open));
  CHECK(given<payment>(requested()).when(process_payment{"p-1", "o-1", "c-1", 3199}).then(open));
}

TEST_CASE("an outcome that is reported again changes nothing") {
  CHECK(given<payment>(processed()).when(process()).then_nothing_happened());
  CHECK(given<payment>(requested(), processed()).when(process()).then_nothing_happened());
  CHECK(given<payment>(failed()).when(give_up()).then_nothing_happened());
  CHECK(given<payment>(failed()).when(fail_payment{"p-1", "o-1", "voided"}).then_nothing_happened());
}

TEST_CASE("a processed payment is settled but for its refund") {
  auto settled = already_settled{"p-1", payment_status::processed};
  check_other_payment(settled, processed());
  CHECK(given<payment>(processed()).when(give_up()).then(settled));
  CHECK(given<payment>(processed()).when(process_payment{"p-1", "o-1", "c-1", 3199}).then(settled));
  CHECK(given<payment>(processed()).when(request_payment{"p-1", "o-1", "c-1", 3199}).then(settled));
}

TEST_CASE("a failed payment is settled for good") {
  auto settled = already_settled{"p-1", payment_status::failed};
  check_other_payment(settled, failed());
  CHECK(given<payment>(failed()).when(process()).then(settled));
  CHECK(given<payment>(requested(), failed()).when(process()).then(settled));
}

TEST_CASE("a refund gives back what was processed") {
  CHECK(given<payment>(processed()).when(refund()).then(refunded(3200)));
  CHECK(given<payment>(requested(), processed()).when(refund()).then(refunded(3200)));
}

TEST_CASE("a refund closes a payment whose outcome is not known, and what comes later changes nothing") {
  CHECK(given<payment>(requested()).when(refund()).then(refunded(0)));
  auto closed = given<payment>(requested(), refunded(0));
  CHECK(closed.when(process()).then_nothing_happened());
  CHECK(closed.when(give_up()).then_nothing_happened());
  CHECK(closed.when(request()).then_nothing_happened());
}

TEST_CASE("a refund that comes first closes a payment before it is asked for") {
  CHECK(given<payment>().when(refund()).then(refunded(0)));
  auto closed = given<payment>(refunded(0));
  CHECK(closed.when(request()).then_nothing_happened());
  CHECK(closed.when(process()).then_nothing_happened());
  CHECK(closed.when(give_up()).then_nothing_happened());
}

TEST_CASE("a refund that comes again, or after a failure, changes nothing") {
  CHECK(given<payment>(processed(), refunded(3200)).when(refund()).then_nothing_happened());
  CHECK(given<payment>(refunded(0)).when(refund()).then_nothing_happened());
  CHECK(given<payment>(failed()).when(refund()).then_nothing_happened());
}

TEST_CASE("a refunded payment is the order's last") {
  auto settled = already_settled{"p-1", payment_status::refunded};
  check_other_payment(settled, processed(), refunded(3200));
  check_other_payment(settled, refunded(0));
}

TEST_CASE("a payment's amount is within 1 cent and the largest order") {
  auto is_refused = [](std::int64_t amount_cents) {
    auto refused = invalid_payment{"amount_cents " + std::to_string(amount_cents) +
                                   " is not within 1 to 1000000000000000000"};
    CHECK(given<payment>().when(process_payment{"p-1", "o-1", "c-1", amount_cents}).then(refused));
    CHECK(given<payment>().when(request_payment{"p-1", "o-1", "c-1", amount_cents}).then(refused));
  };
  is_refused(0);
  is_refused(-1);
  is_refused(payment_cents_max + 1);
  is_refused(std::numeric_limits<std::int64_t>::min());
  for (auto amount_cents : {std::int64_t{1}, payment_cents_max}) {
    CHECK(given<payment>()
              .when(process_payment{"p-1", "o-1", "c-1", amount_cents})
              .then(payment_processed{"o-1", "p-1", amount_cents}));
    CHECK(given<payment>()
              .when(request_payment{"p-1", "o-1", "c-1", amount_cents})
              .then(payment_requested{"o-1", "p-1", "c-1", amount_cents, 1}));
  }
}

TEST_CASE("a payment names itself, its order and its customer") {
  auto refused = invalid_payment{"payment_id, order_id and customer_id must not be empty"};
  CHECK(given<payment>().when(process_payment{"", "o-1", "c-1", 1}).then(refused));
  CHECK(given<payment>().when(process_payment{"p-1", "", "c-1", 1}).then(refused));
  CHECK(given<payment>().when(process_payment{"p-1", "o-1", "", 1}).then(refused));
  CHECK(given<payment>().when(request_payment{"", "o-1", "c-1", 1}).then(refused));
  CHECK(given<payment>().when(request_payment{"p-1", "", "c-1", 1}).then(refused));
  CHECK(given<payment>().when(request_payment{"p-1", "o-1", "", 1}).then(refused));
  auto nameless = invalid_payment{"payment_id and order_id must not be empty"};
  CHECK(given<payment>().when(fail_payment{"", "o-1", "why"}).then(nameless));
  CHECK(given<payment>().when(fail_payment{"p-1", "", "why"}).then(nameless));
  CHECK(given<payment>().when(refund_payment{"", "o-1", "why"}).then(nameless));
  CHECK(given<payment>().when(refund_payment{"p-1", "", "why"}).then(nameless));
}

TEST_CASE("a payment's state holds what its events said") {
  CHECK(payment::evolve({}, processed()) == payment_state{payment_status::processed, "o-1", "p-1", 3200, ""});
  CHECK(payment::evolve({}, failed()) ==
        payment_state{payment_status::failed, "o-1", "p-1", 0, "card declined"});
  auto open = payment::evolve({}, requested(2));
  CHECK(open == payment_state{payment_status::requested, "o-1", "p-1", 3200, "", 2});
  CHECK(payment::evolve(open, processed()) ==
        payment_state{payment_status::processed, "o-1", "p-1", 3200, "", 2});
  CHECK(payment::evolve(open, failed()) ==
        payment_state{payment_status::failed, "o-1", "p-1", 0, "card declined", 2});
  CHECK(payment::evolve(open, refunded(0)) ==
        payment_state{payment_status::refunded, "o-1", "p-1", 0, "cancelled", 2});
}

TEST_CASE("the payments that were stored before they were asked for are read as ever") {
  auto old_success =
      stored("PaymentProcessed", 1, R"({"order_id":"o-1","payment_id":"p-1","amount_cents":3200})");
  CHECK(given<payment>(old_success).when(process()).then_nothing_happened());
  auto old_failure =
      stored("PaymentFailed", 1, R"({"order_id":"o-1","payment_id":"p-1","reason":"card declined"})");
  CHECK(given<payment>(old_failure).when(give_up()).then_nothing_happened());
}
