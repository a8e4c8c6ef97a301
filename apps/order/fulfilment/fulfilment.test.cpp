#include <order/fulfilment/fulfilment.hpp>

#include <order/domain/inventory.hpp>
#include <order/domain/order.hpp>
#include <order/domain/payment.hpp>

#include <tusker/model/saga_rehearsal.hpp>
#include <tusker_test/catch.hpp>

#include <string>
#include <vector>

using namespace order_demo; // NOLINT(google-build-using-namespace)
using namespace std::chrono_literals;

namespace {

using texts = std::vector<std::string>;
using tusker::saga_phase;

/// An order of two lines of tea and one of milk.
struct rehearsal : tusker::rehearsed<fulfilment> {
  rehearsal() {
    order_created placed;
    placed.order_id = "o-1";
    placed.customer_id = "c-1";
    placed.items = {{"tea", 2, 100, 0}, {"milk", 1, 50, 0}, {"tea", 1, 90, 0}};
    placed.total_cents = 340;
    when<order>(placed);
  }
  void reserve_line(std::uint32_t line) {
    accept("reserve", line, inventory_reserved{"tea", reservation_id_of("o-1", line), "o-1", 1});
  }
  void reserve_all() {
    for (std::uint32_t line = 0; line < 3; ++line)
      reserve_line(line);
  }
  void pay() {
    accept("payment", 0, payment_requested{"o-1", "pay-o-1", "c-1", 340, 1});
    when<payment>(payment_processed{"o-1", "pay-o-1", 340});
  }
  template <class Command>
  auto sent_command(std::string_view step, std::uint32_t item) -> Command {
    return tusker::decode<Command>(command(step, item)->json).value();
  }
};

const texts releases{"undo reserve/2 inventory-tea ReleaseStock",
                     "undo reserve/1 inventory-milk ReleaseStock",
                     "undo reserve/0 inventory-tea ReleaseStock"};

} // namespace

TEST_CASE("an order that is placed has its lines reserved, each under a reservation of its own") {
  rehearsal saga;
  CHECK(saga.sent() == texts{"reserve/0 inventory-tea ReserveStock", "reserve/1 inventory-milk ReserveStock",
                             "reserve/2 inventory-tea ReserveStock"});
  auto wish = saga.sent_command<reserve_stock>("reserve", 2);
  CHECK(wish.reservation_id == "o-1/2");
  CHECK(wish.quantity == 1);
  CHECK(saga.fault().empty());
}

TEST_CASE("an order whose stock is there is paid, marked as paid and confirmed") {
  rehearsal saga;
  saga.reserve_all();
  CHECK(saga.sent() == texts{"payment/0 payment-o-1 RequestPayment"});
  CHECK(saga.sent_command<request_payment>("payment", 0).amount_cents == 340);
  saga.pay();
  CHECK(saga.sent() == texts{"mark-paid/0 order-o-1 MarkOrderPaid"});
  CHECK(saga.sent_command<mark_order_paid>("mark-paid", 0).payment_id == "pay-o-1");
  saga.accept("mark-paid", 0, order_paid{"o-1", "pay-o-1", 340});
  CHECK(saga.sent() == texts{"confirm/0 order-o-1 ConfirmOrder"});
  saga.accept("confirm", 0, order_confirmed{"o-1"});
  CHECK(saga.phase() == saga_phase::completed);
  CHECK(saga.timers() == 0);
  CHECK(saga.fault().empty());
}

TEST_CASE("an order of which one line cannot be had gives back the others, and is cancelled") {
  rehearsal saga;
  saga.reserve_line(0);
  saga.accept("reserve", 1, inventory_reservation_failed{"milk", "o-1/1", "o-1", 1, 0});
  saga.reserve_line(2);
  CHECK(saga.sent() == texts{releases[0], releases[2]});
  saga.accept("undo reserve", 0, inventory_released{"tea", "o-1/0", "o-1", 2});
  saga.accept("undo reserve", 2, inventory_released{"tea", "o-1/2", "o-1", 1});
  CHECK(saga.sent() == texts{"undo start/0 order-o-1 CancelOrder"});
  CHECK(saga.sent_command<cancel_order>("undo start", 0).reason == out_of_stock);
  saga.accept("undo start", 0, order_cancelled{"o-1", "out_of_stock"});
  CHECK(saga.phase() == saga_phase::compensated);
  CHECK(saga.fault().empty());
}

TEST_CASE("an order of which a line cannot be reserved for another reason says so") {
  rehearsal saga;
  saga.reject("reserve", 1, wrong_sku{"milk", "tea"});
  saga.reserve_line(0);
  saga.reserve_line(2);
  saga.accept("undo reserve", 0);
  saga.accept("undo reserve", 2);
  CHECK(saga.sent_command<cancel_order>("undo start", 0).reason == "reserve: WrongSku");
  CHECK(saga.fault().empty());
}

TEST_CASE("a payment that is declined gives back the stock, and no money") {
  rehearsal saga;
  saga.reserve_all();
  saga.accept("payment", 0, payment_requested{"o-1", "pay-o-1", "c-1", 340, 1});
  saga.when<payment>(payment_failed{"o-1", "pay-o-1", "over the limit"});
  CHECK(saga.sent() == releases);
  for (std::uint32_t line = 0; line < 3; ++line)
    saga.accept("undo reserve", line);
  CHECK(saga.sent_command<cancel_order>("undo start", 0).reason == payment_declined);
  CHECK(saga.command("undo payment", 0) == nullptr);
  CHECK(saga.fault().empty());
}

TEST_CASE(
    "a payment that nobody answers is asked for again, and given back at last, for it may have been taken") {
  rehearsal saga;
  saga.reserve_all();
  int asked = 1;
  for (int second = 0; second < 600 && saga.phase() == saga_phase::running; ++second) {
    saga.pass(1s);
    asked += saga.sent() == texts{"payment/0 payment-o-1 RequestPayment"} ? 1 : 0;
  }
  CHECK(asked == 5);
  CHECK(saga.sent() == texts{"undo payment/0 payment-o-1 RefundPayment"});
  saga.accept("undo payment", 0, payment_refunded{"o-1", "pay-o-1", 0, ""});
  CHECK(saga.sent() == releases);
  for (std::uint32_t line = 0; line < 3; ++line)
    saga.accept("undo reserve", line);
  CHECK(saga.sent_command<cancel_order>("undo start", 0).reason == payment_unanswered);
  CHECK(saga.fault().empty());
}

TEST_CASE("an order that is cancelled while it is paid gets its money and its stock back") {
  rehearsal saga;
  saga.reserve_all();
  saga.pay();
  saga.reject("mark-paid", 0, order_already_closed{order_status::cancelled});
  CHECK(saga.sent() == texts{"undo payment/0 payment-o-1 RefundPayment"});
  saga.accept("undo payment", 0, payment_refunded{"o-1", "pay-o-1", 340, ""});
  CHECK(saga.sent() == releases);
  for (std::uint32_t line = 0; line < 3; ++line)
    saga.accept("undo reserve", line);
  saga.accept("undo start", 0); // it is cancelled, so nothing happens
  CHECK(saga.phase() == saga_phase::compensated);
  CHECK(saga.fault().empty());
}

TEST_CASE("an order that may have been confirmed is cancelled before anything is given back, and keeps all "
          "if it was") {
  rehearsal saga;
  saga.reserve_all();
  saga.pay();
  saga.accept("mark-paid", 0, order_paid{"o-1", "pay-o-1", 340});
  CHECK(saga.wish(tusker::encode_message(tusker::compensate_saga{"the customer called"})).empty());
  CHECK(saga.sent() == texts{"undo confirm/0 order-o-1 CancelOrder"});
  for (int day = 0; day < 30 && saga.phase() != saga_phase::stuck; ++day) {
    saga.reject("undo confirm", 0, order_already_closed{order_status::confirmed});
    saga.pass(24h);
  }
  CHECK(saga.phase() == saga_phase::stuck);
  CHECK(saga.command("undo payment", 0) == nullptr);
  CHECK(saga.command("undo reserve", 0) == nullptr);
}

TEST_CASE("an order that was marked as paid before goes on") {
  rehearsal saga;
  saga.reserve_all();
  saga.pay();
  saga.reject("mark-paid", 0, order_not_pending{order_status::paid});
  CHECK(saga.sent() == texts{"confirm/0 order-o-1 ConfirmOrder"});
}
