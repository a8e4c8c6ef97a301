#include <order/domain/payment.hpp>

#include <tusker/model/given_when_then.hpp>

#include <tusker_test/catch.hpp>

#include <limits>

using namespace order_demo; // NOLINT(google-build-using-namespace)
using tusker::given;

namespace {

auto process() -> process_payment {
  return {"p-1", "o-1", "c-1", 3200};
}

auto give_up() -> fail_payment {
  return {"p-1", "o-1", "card declined"};
}

auto processed() -> payment_processed {
  return {"o-1", "p-1", 3200};
}

auto failed() -> payment_failed {
  return {"o-1", "p-1", "card declined"};
}

} // namespace

TEST_CASE("an unsettled payment can be processed or fail") {
  CHECK(given<payment>().when(process()).then(processed()));
  CHECK(given<payment>().when(give_up()).then(failed()));
}

TEST_CASE("a processed payment is settled for good") {
  auto settled = already_settled{"p-1", payment_status::processed};
  CHECK(given<payment>(processed()).when(process()).then(settled));
  CHECK(given<payment>(processed()).when(process_payment{"p-2", "o-1", "c-1", 3200}).then(settled));
  CHECK(given<payment>(processed()).when(give_up()).then(settled));
}

TEST_CASE("a failed payment is settled for good") {
  auto settled = already_settled{"p-1", payment_status::failed};
  CHECK(given<payment>(failed()).when(process()).then(settled));
  CHECK(given<payment>(failed()).when(give_up()).then(settled));
}

TEST_CASE("a payment's amount is within 1 cent and the largest order") {
  auto refused = [](std::int64_t amount_cents) {
    return given<payment>()
        .when(process_payment{"p-1", "o-1", "c-1", amount_cents})
        .then(invalid_payment{"amount_cents " + std::to_string(amount_cents) +
                              " is not within 1 to 1000000000000000000"});
  };
  CHECK(refused(0));
  CHECK(refused(-1));
  CHECK(refused(payment_cents_max + 1));
  CHECK(refused(std::numeric_limits<std::int64_t>::min()));
  CHECK(given<payment>()
            .when(process_payment{"p-1", "o-1", "c-1", 1})
            .then(payment_processed{"o-1", "p-1", 1}));
  CHECK(given<payment>()
            .when(process_payment{"p-1", "o-1", "c-1", payment_cents_max})
            .then(payment_processed{"o-1", "p-1", payment_cents_max}));
}

TEST_CASE("a payment names itself, its order and its customer") {
  auto refused = invalid_payment{"payment_id, order_id and customer_id must not be empty"};
  CHECK(given<payment>().when(process_payment{"", "o-1", "c-1", 1}).then(refused));
  CHECK(given<payment>().when(process_payment{"p-1", "", "c-1", 1}).then(refused));
  CHECK(given<payment>().when(process_payment{"p-1", "o-1", "", 1}).then(refused));
  auto failure_refused = invalid_payment{"payment_id and order_id must not be empty"};
  CHECK(given<payment>().when(fail_payment{"", "o-1", "why"}).then(failure_refused));
  CHECK(given<payment>().when(fail_payment{"p-1", "", "why"}).then(failure_refused));
}

TEST_CASE("a payment's state holds what its event said") {
  CHECK(payment::evolve({}, processed()) == payment_state{payment_status::processed, "o-1", "p-1", 3200, ""});
  CHECK(payment::evolve({}, failed()) ==
        payment_state{payment_status::failed, "o-1", "p-1", 0, "card declined"});
}
