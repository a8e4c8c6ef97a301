#include <order/payments/payment_gateway.hpp>

#include <order/payments/ledger_check.hpp>
#include <order/payments/payment_errc.hpp>
#include <order/payments/payment_luck.hpp>
#include <order/payments/stand_in_provider.hpp>

#include <tusker/actors/deterministic_runtime.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

using namespace order_demo; // NOLINT(google-build-using-namespace)
using std::chrono::milliseconds;

namespace {

using texts = std::vector<std::string>;

/// A provider that answers as it is told, and remembers what it was asked.
class scripted_provider final : public payment_provider {
public:
  std::function<charge_answer(const charge_request&)> answer = [](const charge_request&) {
    return charged{};
  };
  bool refunds_fail = false;
  texts asked;

  auto charge(const charge_request& request) -> charge_answer override {
    asked.push_back("charge " + request.payment_id + " " + std::to_string(request.amount_cents));
    return answer(request);
  }
  auto refund(const std::string& payment_id) -> tusker::result<refund_outcome> override {
    asked.push_back("refund " + payment_id);
    if (refunds_fail)
      return tusker::fail(payment_errc::unavailable, "not now");
    return refund_outcome::refunded;
  }
  /// What was asked about one payment.
  [[nodiscard]] auto asked_of(const std::string& payment_id) const -> texts {
    texts about;
    for (const auto& each : asked)
      if (each.find(" " + payment_id) != std::string::npos)
        about.push_back(each);
    return about;
  }
};

/// A deterministic node with a gateway. Journal and provider outlive it.
struct gateway_node {
  std::shared_ptr<payment_provider> provider;
  std::unique_ptr<tusker::journal> log = std::move(*tusker::open_memory_journal());
  std::optional<tusker::deterministic_runtime> node = std::nullopt;
  std::shared_ptr<payment_gateway> gateway = nullptr;
  /// So many reports are lost before they are sent, then so many answers on their way back.
  int lost_reports = 0;
  int lost_answers = 0;

  /// Starts it and lets it come to rest.
  void start() {
    auto time = node ? node->clock().now() : tusker::timestamp{std::chrono::hours(500'000)};
    node = std::move(
        *tusker::deterministic_runtime::open({}, std::make_unique<tusker::forwarding_journal>(*log), time));
    gateway = std::make_shared<payment_gateway>(provider);
    gateway->bind([this](auto key, const auto& outcome, const auto& id) { return report(key, outcome, id); });
    auto how = delivery_to_gateway();
    how.retries.jitter = 0;
    (*node)->add<payment>();
    add_payment_gateway(node->node(), gateway, how);
    if (auto started = (*node)->start(); !started)
      throw std::logic_error(to_string(started.error()));
    node->run();
  }
  void restart() {
    (void)(*node)->shutdown();
    start();
  }

  /// Sends it to the order's payment and lets everything come to rest.
  template <class Command>
  auto send(const Command& command, const std::string& order_id = "o-1") -> tusker::result<tusker::receipt> {
    auto answer = (*node)->dispatch<payment>(order_id, command);
    node->run();
    return answer.get();
  }
  auto request(const std::string& payment_id = "p-1", const std::string& order_id = "o-1")
      -> tusker::result<tusker::receipt> {
    return send(request_payment{payment_id, order_id, "c-1", 100}, order_id);
  }
  auto refund(const std::string& payment_id = "p-1", const std::string& order_id = "o-1")
      -> tusker::result<tusker::receipt> {
    return send(refund_payment{payment_id, order_id, "cancelled"}, order_id);
  }

  /// The types of the payment's events, in their order.
  [[nodiscard]] auto events(const std::string& order_id = "o-1") const -> texts {
    auto stream = tusker::stream_id::make(payment::type_name, order_id).value();
    texts types;
    auto slice =
        log->read_stream(stream, tusker::stream_version(1), {}, tusker::read_direction::forward).value();
    for (const auto& event : slice.events)
      types.push_back(event.data.content.type);
    return types;
  }
  [[nodiscard]] auto state(const std::string& order_id = "o-1") -> payment_state {
    return (*node)->load<payment>(order_id).value().state;
  }
  [[nodiscard]] auto status() -> tusker::subscriber_status {
    return (*node)->subscriber_status_of(payment_gateway_name).value();
  }

private:
  /// As `report_to`, but it lets the node run instead of waiting for it.
  auto report(std::string_view key, const payment::command& outcome, const tusker::command_id& id)
      -> tusker::result<void> {
    if (lost_reports > 0 && lost_reports-- > 0)
      return tusker::fail(tusker::runtime_errc::overloaded, "lost on its way there");
    tusker::dispatch_options options;
    options.command_id = id;
    auto answer = std::visit(
        [&](const auto& command) { return (*node)->dispatch<payment>(key, command, options); }, outcome);
    while (!answer.is_ready())
      if (!node->run_once())
        throw std::logic_error("nobody answers the gateway");
    if (lost_answers > 0 && lost_answers-- > 0)
      return tusker::fail(tusker::runtime_errc::timed_out, "lost on its way back");
    if (!answer.get())
      return tusker::fail(answer.get().error());
    return {};
  }
};

/// A gateway with a provider that answers as it is told.
struct scripted_site {
  std::shared_ptr<scripted_provider> provider = std::make_shared<scripted_provider>();
  gateway_node of{provider};
};

/// A gateway with the stand-in, whose ledger outlives it.
struct stand_in_site {
  tusker_test::temporary_folder folder;
  stand_in_options options;
  gateway_node of{nullptr};

  explicit stand_in_site(const stand_in_options& wanted) : options(wanted) { start(); }

  void start() {
    of.provider.reset(); // The one before must have closed the ledger.
    of.provider = std::move(*stand_in_provider::open(payments_file(folder.path()), options));
    of.start();
  }
  void restart() {
    (void)(*of.node)->shutdown();
    of.gateway.reset();
    start();
  }
  [[nodiscard]] auto ledger() const -> payment_ledger {
    return payment_ledger::read(payments_file(folder.path())).value();
  }
  [[nodiscard]] auto payment_with(payment_luck luck) const -> std::string {
    for (auto number = 0;; ++number)
      if (auto id = "p-" + std::to_string(number); luck_of(id, options) == luck)
        return id;
  }
};

} // namespace

TEST_CASE("a payment that is asked for is charged, and processed") {
  scripted_site at;
  at.of.start();
  CHECK(at.of.request());
  CHECK(at.of.events() == texts{"PaymentRequested", "PaymentProcessed"});
  CHECK(at.of.state() == payment_state{payment_status::processed, "o-1", "p-1", 100, "", 1});
  CHECK(at.provider->asked == texts{"charge p-1 100"});
  CHECK(at.of.status().handled == 1);
}

TEST_CASE("a payment that is declined fails for the provider's reason") {
  scripted_site at;
  at.provider->answer = [](const charge_request&) { return declined{"no money"}; };
  at.of.start();
  CHECK(at.of.request());
  CHECK(at.of.state() == payment_state{payment_status::failed, "o-1", "p-1", 0, "no money", 1});
  CHECK(at.of.status().failed_attempts == 0);
}

TEST_CASE("a provider that is not available is asked again, later each time, and it is no dead letter") {
  scripted_site at;
  auto failures = 20;
  at.provider->answer = [&failures](const charge_request&) -> charge_answer {
    return failures-- > 0 ? charge_answer(unavailable{"down"}) : charged{};
  };
  at.of.start();
  CHECK(at.of.request());
  CHECK(at.provider->asked.size() == 1);
  at.of.node->advance(milliseconds(99));
  CHECK(at.provider->asked.size() == 1);
  at.of.node->advance(milliseconds(1));
  CHECK(at.provider->asked.size() == 2);
  at.of.node->advance(milliseconds(200));
  CHECK(at.provider->asked.size() == 3);
  SECTION("also over a restart") {
    at.of.restart();
  }
  for (auto minute = 0; minute < 20; ++minute)
    at.of.node->advance(std::chrono::minutes(1));
  CHECK(at.of.state().status == payment_status::processed);
  CHECK(at.provider->asked.size() == 21);
  CHECK((*at.of.node)->dead_letters().value().letters.empty());
}

TEST_CASE("the gateway counts how often the provider was not available") {
  scripted_site at;
  at.provider->answer = [](const charge_request&) { return unavailable{"down"}; };
  at.of.start();
  CHECK(at.of.request());
  at.of.node->advance(milliseconds(100));
  at.of.node->advance(milliseconds(200));
  CHECK(at.of.gateway->unavailable_answers() == 3);
  CHECK(at.of.status().failure->code() == payment_errc::unavailable);
}

TEST_CASE("a provider that does not answer is not asked again until the payment is") {
  scripted_site at;
  at.provider->answer = [](const charge_request&) { return no_answer{}; };
  at.of.start();
  CHECK(at.of.request());
  at.of.node->advance(std::chrono::hours(1));
  CHECK(at.of.state().status == payment_status::requested);
  CHECK(at.provider->asked.size() == 1);
  CHECK(at.of.status().parked == 0);
  at.provider->answer = [](const charge_request&) { return charged{}; };
  CHECK(at.of.request());
  CHECK(at.provider->asked.size() == 2);
  CHECK(at.of.events() == texts{"PaymentRequested", "PaymentRequested", "PaymentProcessed"});
  CHECK(at.of.state().attempts == 2);
}

TEST_CASE("a refund reaches the provider, also before anything was asked for") {
  scripted_site at;
  at.of.start();
  CHECK(at.of.request());
  CHECK(at.of.refund());
  CHECK(at.of.refund("p-2", "o-2"));
  CHECK(at.provider->asked == texts{"charge p-1 100", "refund p-1", "refund p-2"});
  CHECK(at.of.request("p-2", "o-2"));
  CHECK(at.provider->asked.size() == 3);
}

TEST_CASE("a refund that the provider cannot make now is made later") {
  scripted_site at;
  at.provider->refunds_fail = true;
  at.of.start();
  CHECK(at.of.refund());
  at.of.restart();
  at.provider->refunds_fail = false;
  at.of.node->advance(std::chrono::minutes(1));
  CHECK(at.provider->asked == texts{"refund p-1", "refund p-1"});
  CHECK(at.of.status().handled == 1);
}

TEST_CASE("a refund does not overtake the request that waits for the provider") {
  scripted_site at;
  at.provider->answer = [](const charge_request&) { return unavailable{"down"}; };
  at.of.start();
  CHECK(at.of.request());
  CHECK(at.of.refund());
  CHECK(at.of.request("p-2", "o-2"));
  CHECK(at.provider->asked == texts{"charge p-1 100", "charge p-2 100"});
  at.provider->answer = [](const charge_request&) { return charged{}; };
  at.of.node->advance(milliseconds(100));
  CHECK(at.provider->asked_of("p-1") == texts{"charge p-1 100", "charge p-1 100", "refund p-1"});
  CHECK(at.of.state().status == payment_status::refunded);
  CHECK(at.of.state("o-2").status == payment_status::processed);
}

TEST_CASE("a report that is lost, or whose answer is, is made again and has its effect once") {
  scripted_site at;
  auto is_charged = GENERATE(true, false);
  at.provider->answer = [is_charged](const charge_request&) -> charge_answer {
    return is_charged ? charge_answer(charged{}) : declined{"no money"};
  };
  SECTION("it never arrives") {
    at.of.lost_reports = 2;
  }
  SECTION("its answer never comes back") {
    at.of.lost_answers = 2;
  }
  at.of.start();
  CHECK(at.of.request());
  at.of.restart();
  at.of.node->advance(milliseconds(100));
  at.of.node->advance(milliseconds(200));
  CHECK(at.provider->asked.size() == 3);
  CHECK(at.of.events() == texts{"PaymentRequested", is_charged ? "PaymentProcessed" : "PaymentFailed"});
  CHECK(at.of.status().parked == 0);
}

TEST_CASE("a payment is closed while the provider is asked: what it took goes back") {
  scripted_site at;
  at.of.start();
  SECTION("by a refund") {
    at.provider->answer = [&at](const charge_request&) {
      (void)(*at.of.node)->dispatch<payment>("o-1", refund_payment{"p-1", "o-1", "cancelled"});
      return charged{};
    };
    CHECK(at.of.request());
    CHECK(at.of.events() == texts{"PaymentRequested", "PaymentRefunded"});
  }
  SECTION("by somebody who says that it has failed") {
    at.provider->answer = [&at](const charge_request&) {
      (void)(*at.of.node)->dispatch<payment>("o-1", fail_payment{"p-1", "o-1", "by phone"});
      return charged{};
    };
    CHECK(at.of.request());
    CHECK(at.of.events() == texts{"PaymentRequested", "PaymentFailed"});
  }
  CHECK(at.provider->asked == texts{"charge p-1 100", "refund p-1"});
  CHECK(at.of.status().parked == 0);
}

TEST_CASE("a decline that contradicts what the payment came to is over") {
  scripted_site at;
  at.of.start();
  at.provider->answer = [&at](const charge_request&) {
    (void)(*at.of.node)->dispatch<payment>("o-1", process_payment{"p-1", "o-1", "c-1", 100});
    return declined{"no money"};
  };
  CHECK(at.of.request());
  CHECK(at.of.state().status == payment_status::processed);
  CHECK(at.of.status().handled == 1);
  CHECK(at.of.status().parked == 0);
}

TEST_CASE("a gateway that knows nobody to report to asks for no money") {
  scripted_site at;
  at.of.start();
  at.of.gateway->bind(nullptr);
  CHECK(at.of.request());
  CHECK(at.provider->asked.empty());
  CHECK(at.of.status().failure->code() == payment_errc::not_bound);
}

TEST_CASE("with the stand-in every payment comes to its end over restarts, and nobody is charged twice") {
  stand_in_site at({.limit_cents = 100, .transient_percent = 20, .timeout_percent = 10});
  constexpr auto payments = 60;
  auto amount_of = [](int number) { return number % 7 == 0 ? 101 : 100; };
  auto ask_for_all = [&] {
    for (auto number = 0; number < payments; ++number) {
      auto id = std::to_string(number);
      CHECK(at.of.send(request_payment{"p-" + id, "o-" + id, "c-1", amount_of(number)}, "o-" + id));
      if (number % 20 == 19)
        at.restart();
    }
  };
  ask_for_all();
  at.of.node->advance(std::chrono::seconds(1));
  // Those that got no answer: whoever wants the money asks for all again.
  ask_for_all();
  at.of.node->advance(std::chrono::seconds(1));
  texts kept;
  for (auto number = 0; number < payments; ++number) {
    auto is_declined = amount_of(number) > 100;
    CHECK(at.of.state("o-" + std::to_string(number)).status ==
          (is_declined ? payment_status::failed : payment_status::processed));
    if (!is_declined)
      kept.push_back("p-" + std::to_string(number));
  }
  std::sort(kept.begin(), kept.end());
  auto ledger = at.ledger();
  CHECK(ledger_faults(ledger).empty());
  CHECK(kept_payments(ledger) == kept);
  CHECK(ledger.lost_attempts() > 0);
}

TEST_CASE("a payment without an answer that is given back is never charged") {
  stand_in_site at({.timeout_percent = 50});
  auto id = at.payment_with(payment_luck::no_answer);
  CHECK(at.of.request(id));
  CHECK(at.of.refund(id));
  CHECK(at.of.request(id));
  CHECK(at.of.state().status == payment_status::refunded);
  CHECK(kept_payments(at.ledger()).empty());
  CHECK(at.ledger().accounts().at(id).voided_times == 1);
}

TEST_CASE("control: a provider that forgets whom it charged is found out when a report is lost") {
  scripted_site at;
  payment_ledger ledger;
  at.provider->answer = [&ledger](const charge_request& request) {
    ledger.add({ledger_action::charged, request.payment_id, request.amount_cents, {}});
    return charged{};
  };
  at.of.lost_answers = 1;
  at.of.start();
  CHECK(at.of.request());
  at.of.node->advance(std::chrono::seconds(1));
  CHECK(ledger_faults(ledger) == texts{"payment 'p-1' was charged 2 times"});
}
