#include <order/payments/stand_in_provider.hpp>

#include <order/payments/ledger_check.hpp>
#include <order/payments/ledger_reading.hpp>
#include <order/payments/payment_luck.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <atomic>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

using namespace order_demo; // NOLINT(google-build-using-namespace)

namespace {

using texts = std::vector<std::string>;

/// A stand-in and its ledger, which outlives it.
struct stand_in_site {
  tusker_test::temporary_folder folder;
  stand_in_options options;
  std::unique_ptr<stand_in_provider> provider;

  explicit stand_in_site(const stand_in_options& wanted = {}) : options(wanted) { start(); }

  void start() {
    provider.reset();
    auto opened = stand_in_provider::open(path(), options);
    REQUIRE(opened);
    provider = std::move(*opened);
  }

  [[nodiscard]] auto path() const -> std::filesystem::path { return payments_file(folder.path()); }
  [[nodiscard]] auto charge(const std::string& payment_id, std::int64_t amount_cents = 100) const
      -> charge_answer {
    return provider->charge({payment_id, "o-1", "c-1", amount_cents});
  }
  [[nodiscard]] auto refund(const std::string& payment_id) const -> refund_outcome {
    return provider->refund(payment_id).value();
  }
  /// `action payment_id amount_cents` of each line.
  [[nodiscard]] auto lines() const -> texts {
    texts all;
    auto read = read_ledger(path(), [&all](const ledger_entry& entry) {
      all.push_back(std::string(tusker::name_of(entry.action)) + " " + entry.payment_id + " " +
                    std::to_string(entry.amount_cents));
    });
    REQUIRE(read);
    return all;
  }
  /// A payment of that luck.
  [[nodiscard]] auto payment_with(payment_luck luck) const -> std::string {
    for (auto number = 0;; ++number)
      if (auto id = "p-" + std::to_string(number); luck_of(id, options) == luck)
        return id;
  }
};

auto is_declined(const charge_answer& answer, const std::string& part_of_reason) -> bool {
  const auto* no = std::get_if<declined>(&answer);
  return no != nullptr && no->reason.find(part_of_reason) != std::string::npos;
}

} // namespace

TEST_CASE("a payment is charged once, however often it is asked for, also after a restart") {
  stand_in_site at;
  CHECK(at.charge("p-1") == charge_answer(charged{}));
  CHECK(at.charge("p-1") == charge_answer(charged{}));
  at.start();
  CHECK(at.charge("p-1") == charge_answer(charged{}));
  CHECK(at.lines() == texts{"charged p-1 100"});
}

TEST_CASE("what is more than the limit is declined, for good") {
  stand_in_site at({.limit_cents = 100});
  CHECK(at.charge("p-1", 100) == charge_answer(charged{}));
  CHECK(at.charge("p-2", 101) == charge_answer(declined{"101 cents are more than the limit of 100"}));
  at.options.limit_cents = std::nullopt;
  at.start();
  CHECK(is_declined(at.charge("p-2", 101), "more than the limit of 100"));
  CHECK(at.lines() == texts{"charged p-1 100", "declined p-2 101"});
}

TEST_CASE("a payment with a transient failure is told so once, also if it is asked for after a restart") {
  stand_in_site at({.transient_percent = 20, .timeout_percent = 5});
  auto id = at.payment_with(payment_luck::transient_failure);
  CHECK(std::holds_alternative<unavailable>(at.charge(id)));
  SECTION("at once") {}
  SECTION("after a restart") {
    at.start();
  }
  CHECK(at.charge(id) == charge_answer(charged{}));
  CHECK(at.lines() == texts{"attempted " + id + " 100", "charged " + id + " 100"});
}

TEST_CASE("a payment that gets no answer is not charged until it is asked for again") {
  stand_in_site at({.limit_cents = 100, .transient_percent = 20, .timeout_percent = 5});
  auto id = at.payment_with(payment_luck::no_answer);
  CHECK(at.charge(id, 101) == charge_answer(no_answer{}));
  at.start();
  CHECK(at.lines() == texts{"attempted " + id + " 101"});
  CHECK(is_declined(at.charge(id, 101), "limit"));
}

TEST_CASE("a charged payment is given back once, and is not charged again") {
  stand_in_site at;
  CHECK(at.charge("p-1") == charge_answer(charged{}));
  CHECK(at.refund("p-1") == refund_outcome::refunded);
  CHECK(at.refund("p-1") == refund_outcome::refunded);
  at.start();
  CHECK(at.refund("p-1") == refund_outcome::refunded);
  CHECK(at.charge("p-1") == charge_answer(charged{}));
  CHECK(at.lines() == texts{"charged p-1 100", "refunded p-1 100"});
}

TEST_CASE("a payment that is given back before it was charged is never charged") {
  stand_in_site at({.timeout_percent = 100});
  SECTION("nobody has asked for it") {}
  SECTION("it got no answer") {
    CHECK(at.charge("p-1") == charge_answer(no_answer{}));
  }
  SECTION("it was declined") {
    at.options = {.limit_cents = 0};
    at.start();
    CHECK(is_declined(at.charge("p-1"), "limit"));
  }
  CHECK(at.refund("p-1") == refund_outcome::voided);
  CHECK(at.refund("p-1") == refund_outcome::voided);
  at.start();
  CHECK(at.charge("p-1") == charge_answer(declined{"voided"}));
  CHECK(at.lines().back() == "voided p-1 0");
}

TEST_CASE("a stand-in whose last line was torn has not done what stands there") {
  stand_in_site at;
  CHECK(at.charge("p-1") == charge_answer(charged{}));
  at.provider.reset();
  std::ofstream(at.path(), std::ios::app) << R"({"action":"refunded","payment_id":"p-1","amo)";
  at.start();
  CHECK(at.lines() == texts{"charged p-1 100"});
  CHECK(at.refund("p-1") == refund_outcome::refunded);
  CHECK(at.lines() == texts{"charged p-1 100", "refunded p-1 100"});
}

TEST_CASE("a stand-in is not opened with options that make no sense, or over a damaged ledger") {
  tusker_test::temporary_folder folder;
  auto path = payments_file(folder.path());
  auto wrong = stand_in_provider::open(path, {.transient_percent = 60, .timeout_percent = 60});
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().code() == tusker::config_errc::out_of_range);
  CHECK_FALSE(std::filesystem::exists(path));
  std::ofstream(path) << "nothing\n";
  auto damaged = stand_in_provider::open(path, {});
  REQUIRE_FALSE(damaged);
  CHECK(damaged.error().message().find("payments.ndjson:1: ") != std::string::npos);
}

TEST_CASE("many threads that ask for the same payments are all answered the same, and each is charged once") {
  stand_in_site at;
  constexpr auto payments = 40;
  std::vector<std::thread> threads;
  std::atomic<int> charged_answers = 0;
  threads.reserve(8);
  for (auto thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&at, &charged_answers] {
      for (auto number = 0; number < payments; ++number) {
        auto answer = at.provider->charge({"p-" + std::to_string(number), "o-1", "c-1", 100});
        charged_answers += std::holds_alternative<charged>(answer) ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads)
    thread.join();
  CHECK(charged_answers == 8 * payments);
  auto ledger = payment_ledger::read(at.path()).value();
  const auto faults = ledger_faults(ledger);
  CAPTURE(faults);
  CHECK(faults.empty());
  CHECK(kept_payments(ledger).size() == payments);
}
