#include <order/payments/ledger_check.hpp>
#include <order/payments/ledger_file.hpp>
#include <order/payments/payment_gateway.hpp>
#include <order/payments/stand_in_provider.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/killed_child.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

// A node dies while its payments are taken and given back, again and again over the same journal and the same ledger.

using namespace order_demo; // NOLINT(google-build-using-namespace)

namespace {

using texts = std::vector<std::string>;
using ear = tusker_test::value_pipe_end<std::int32_t>;

constexpr std::int64_t limit_cents = 1'000;

struct kill_site {
  tusker_test::temporary_folder folder{tusker_test::memory_backed_base()};
  std::int32_t payments = 0;

  [[nodiscard]] auto ledger() const -> std::filesystem::path { return payments_file(folder.path()); }
};

auto payment_of(std::int32_t number) -> std::string {
  return "p-" + std::to_string(number);
}
auto order_of(std::int32_t number) -> std::string {
  return "o-" + std::to_string(number);
}
auto amount_of(std::int32_t number) -> std::int64_t {
  return number % 7 == 0 ? limit_cents + 1 : limit_cents;
}
auto is_given_back(std::int32_t number) -> bool {
  return number % 5 == 0;
}

/// Tells of each payment that somebody else was asked for, after that one has done it.
class telling_provider final : public payment_provider {
public:
  telling_provider(std::unique_ptr<payment_provider> other, std::function<void()> tell)
      : other_(std::move(other)), tell_(std::move(tell)) {}

  auto charge(const charge_request& request) -> charge_answer override {
    auto answer = other_->charge(request);
    tell_();
    return answer;
  }
  auto refund(const std::string& payment_id) -> tusker::result<refund_outcome> override {
    return other_->refund(payment_id);
  }

private:
  std::unique_ptr<payment_provider> other_;
  std::function<void()> tell_;
};

/// The positive control: it charges whoever is asked for, as often as they are.
class forgetful_provider final : public payment_provider {
public:
  explicit forgetful_provider(const std::filesystem::path& ledger)
      : ledger_(std::move(*ledger_file::open(
            ledger, std::filesystem::exists(ledger) ? std::filesystem::file_size(ledger) : 0))) {}

  auto charge(const charge_request& request) -> charge_answer override {
    (void)ledger_->append({ledger_action::charged, request.payment_id, request.amount_cents, {}});
    return charged{};
  }
  auto refund(const std::string& /*payment_id*/) -> tusker::result<refund_outcome> override {
    return refund_outcome::refunded;
  }

private:
  std::unique_ptr<ledger_file> ledger_;
};

enum class build { sound, forgetful };

auto open_provider(const kill_site& at, build how) -> std::unique_ptr<payment_provider> {
  if (how == build::forgetful)
    return std::make_unique<forgetful_provider>(at.ledger());
  auto options = stand_in_options{.limit_cents = limit_cents, .transient_percent = 20, .timeout_percent = 10};
  auto opened = stand_in_provider::open(at.ledger(), options);
  if (!opened)
    throw std::runtime_error(to_string(opened.error()));
  return std::move(*opened);
}

/// A node from its start to its death.
class life {
public:
  life(const kill_site& at, build how, std::function<void()> tell)
      : payments_(at.payments), node_(open_node(at)),
        gateway_(std::make_shared<payment_gateway>(
            std::make_unique<telling_provider>(open_provider(at, how), std::move(tell)))) {
    gateway_->bind(report_to(node_, report_timeout));
    auto delivery = delivery_to_gateway({.retry_base = std::chrono::milliseconds(1), .consumers = 4});
    delivery.commit_every_messages = 7;
    node_.add<payment>();
    add_payment_gateway(node_, gateway_, delivery);
    if (auto started = node_.start(); !started)
      throw std::runtime_error(to_string(started.error()));
  }

  life(const life&) = delete;
  auto operator=(const life&) -> life& = delete;
  ~life() = default;

  /// Asks for every payment that has no outcome yet, and for those back that are to be given back. Returns whether
  /// there was one.
  auto ask() -> bool {
    std::vector<tusker::pending<tusker::receipt>> sent;
    for (std::int32_t number = 1; number <= payments_; ++number) {
      if (is_settled(number))
        continue;
      auto order = order_of(number);
      sent.push_back(node_.dispatch<payment>(
          order, request_payment{payment_of(number), order, "c-1", amount_of(number)}));
      if (is_given_back(number))
        sent.push_back(
            node_.dispatch<payment>(order, refund_payment{payment_of(number), order, "cancelled"}));
    }
    for (const auto& answer : sent)
      if (!answer.get())
        throw std::runtime_error(to_string(answer.get().error()));
    return !sent.empty();
  }

  /// Returns when the gateway has nothing to do. Errors are thrown.
  void rest() {
    for (;;) {
      auto status = node_.subscriber_status_of(payment_gateway_name).value();
      if (status.phase == tusker::subscriber_phase::failed)
        throw std::runtime_error("the gateway has failed");
      if (status.phase == tusker::subscriber_phase::live && status.parked == 0 &&
          status.position == status.head)
        return;
      std::this_thread::yield();
    }
  }

  [[nodiscard]] auto status_of(std::int32_t number) const -> payment_status {
    return node_.load<payment>(order_of(number)).value().state.status;
  }
  [[nodiscard]] auto dead_letters() const -> std::size_t { return node_.dead_letters()->letters.size(); }

private:
  static auto open_node(const kill_site& at) -> tusker::runtime {
    tusker::runtime_options options;
    options.journal.directory = at.folder.path() / "journal";
    options.journal.durable = tusker::durability::volatile_mode;
    return std::move(*tusker::runtime::open(options));
  }
  [[nodiscard]] auto is_settled(std::int32_t number) const -> bool {
    auto status = status_of(number);
    return status == payment_status::failed || status == payment_status::refunded ||
           (status == payment_status::processed && !is_given_back(number));
  }

  std::int32_t payments_;
  tusker::runtime node_;
  std::shared_ptr<payment_gateway> gateway_;
};

/// Kills one life after the other.
void run_kills(const kill_site& at, int kills, build how, unsigned seed) {
  std::mt19937 random(seed);
  for (auto kill = 0; kill < kills; ++kill) {
    auto child = tusker_test::kill_child_after<std::int32_t>(1 + random() % 30, [&](const ear& parent) {
      life now(at, how, [&parent] { parent.send(1); });
      // The last ones of a journal may have no more to tell than their redelivery.
      while (now.ask())
        now.rest();
      for (;;)
        parent.send(0);
    });
    if (!child.was_killed)
      throw std::runtime_error("the node was not killed");
  }
}

/// Lets a node do the rest undisturbed, and says what is not as it must be.
auto faults_after(const kill_site& at, build how) -> texts {
  life last(at, how, [] {});
  while (last.ask())
    last.rest();
  last.rest();
  auto ledger = payment_ledger::read(at.ledger()).value();
  auto faults = ledger_faults(ledger);
  texts paid;
  for (std::int32_t number = 1; number <= at.payments; ++number) {
    auto status = last.status_of(number);
    if (status == payment_status::processed)
      paid.push_back(payment_of(number));
    auto is_right = is_given_back(number) ? status == payment_status::refunded ||
                                                (status == payment_status::failed && number % 7 == 0)
                    : number % 7 == 0 ? status == payment_status::failed
                                      : status == payment_status::processed;
    if (!is_right)
      faults.push_back(payment_of(number) + " is " + std::string(tusker::name_of(status)));
  }
  std::sort(paid.begin(), paid.end());
  if (kept_payments(ledger) != paid)
    faults.emplace_back("the provider keeps other payments than those that are processed");
  if (last.dead_letters() > 0)
    faults.emplace_back("there is a dead letter");
  return faults;
}

} // namespace

TEST_CASE(
    "a node that is killed while it is paid takes nobody's money twice, and keeps none that it must not",
    "[soak]") {
  const auto kills = tusker_test::rounds(25, 300);
  kill_site at;
  at.payments = kills * 10;
  run_kills(at, kills, build::sound, 20261126);
  const auto faults = faults_after(at, build::sound);
  CAPTURE(faults);
  CHECK(faults.empty());
  tusker_test::report_soak(std::to_string(kills) + " kills of a node that is paid, " +
                           std::to_string(at.payments) + " payments");
}

TEST_CASE("control: a provider that forgets whom it charged is found out when its node is killed") {
  kill_site at;
  at.payments = 50;
  run_kills(at, 5, build::forgetful, 1);
  CHECK_FALSE(faults_after(at, build::forgetful).empty());
}
