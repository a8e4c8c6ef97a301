#include "delivering_node.hpp"

#include <tusker/persistence/delivery_notes.hpp>
#include <tusker_test/catch.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <set>

// Deliveries while everything dies now and then, drawn by lot: what holds whatever happens.

using namespace tusker;
using std::chrono::milliseconds;

namespace {

/// Lets a node with a subscriber live, with everything dying now and then.
class troubled_life {
public:
  explicit troubled_life(unsigned seed) : dice_(seed) {
    of_.how.order = seed % 2 == 0 ? delivery_order::by_key : delivery_order::unordered;
    of_.how.consumers = 1 + seed % 3;
    of_.how.commit_every_messages = 5;
    of_.then = [this](const counting::added& event) -> result<void> {
      first_calls_.try_emplace(event.amount, of_.calls.size());
      if (event.amount % 7 == 0 || roll(6) == 0) {
        if (of_.calls.back().attempt == of_.how.retries.attempts_max)
          settled_.try_emplace(event.amount, of_.calls.size());
        return fail(model_errc::row_not_found, "no");
      }
      done_.insert(event.amount);
      settled_.try_emplace(event.amount, of_.calls.size());
      return {};
    };
  }

  void run() {
    of_.begin();
    while (next_ <= messages)
      do_something();
    is_troubled_ = false;
    for (auto minute = 0; minute < 60; ++minute)
      of_.node->advance(std::chrono::minutes(1));
  }

  void check() {
    auto dead = dead_amounts();
    for (std::int64_t amount = 1; amount <= messages; ++amount) {
      INFO("message " << amount);
      CHECK((done_.count(amount) > 0 || dead.count(amount) > 0));
      if (amount % 7 == 0)
        CHECK(dead.count(amount) == 1);
    }
    CHECK(of_.status().parked == 0);
    CHECK(read_parked(*of_.log, "mailer", {}, 10).value().empty());
    CHECK(of_.status().position == of_.log->head(log_id(0)).value());
    auto attempts_max = of_.how.retries.attempts_max;
    for (const auto& call : of_.calls)
      CHECK((call.attempt >= 1 && call.attempt <= attempts_max));
    for (const auto& letter : of_.dead())
      CHECK((letter.attempts_made >= 1 && letter.attempts_made <= attempts_max));
  }

  /// How often a message was begun before an earlier one of its key had come through or used up its attempts. One that
  /// is a dead letter in the end does not count: its worker may have died at its last attempt.
  auto passed_another() -> int {
    auto dead = dead_amounts();
    auto count = 0;
    for (const auto& [later, call] : first_calls_)
      for (auto earlier = later - keys; earlier > 0; earlier -= keys)
        if (!dead.contains(earlier) && settled_.at(earlier) >= call)
          ++count;
    return count;
  }

  [[nodiscard]] auto keeps_order() const -> bool { return of_.how.order == delivery_order::by_key; }

private:
  static constexpr std::int64_t messages = 120;
  static constexpr std::int64_t keys = 5;

  auto dead_amounts() -> std::set<std::int64_t> {
    std::set<std::int64_t> dead;
    for (const auto& letter : of_.dead())
      dead.insert(amount_of(letter));
    return dead;
  }

  auto roll(int sides) -> int { return std::uniform_int_distribution<int>(0, sides - 1)(dice_); }
  [[nodiscard]] auto amount_of(const dead_letter& letter) const -> std::int64_t {
    auto event = find_event(*of_.log, {letter.log, letter.offset}).value().value();
    return decode<counting::added>(event.data.content.json).value().amount;
  }

  void do_something() {
    switch (roll(is_troubled_ ? 24 : 20)) {
    case 20:
      return of_.node->crash(crash_delivery{"mailer", crash_delivery::part::whole});
    case 21:
      return of_.node->crash(crash_delivery{"mailer", crash_delivery::part::reader});
    case 22:
      return of_.node->crash(crash_delivery{"mailer", crash_delivery::part::worker});
    case 23:
      of_.begin(); // as after a kill: nothing was ended in order
      return;
    case 0:
      return of_.node->advance(milliseconds(roll(1'000)));
    case 1:
    case 2:
    case 3:
      (void)(*of_.node)->dispatch<counting::counter>(std::to_string(next_ % keys), counting::add{next_});
      ++next_;
      of_.node->run();
      return;
    default:
      for (auto turn = 0; turn < 5; ++turn)
        (void)of_.node->run_once();
    }
  }

  std::minstd_rand dice_;
  delivering_node of_;
  std::int64_t next_ = 1;
  std::set<std::int64_t> done_;
  std::map<std::int64_t, std::size_t> first_calls_; ///< When each was begun, by the number of calls.
  std::map<std::int64_t, std::size_t> settled_;     ///< When it first came through, or used up its attempts.
  bool is_troubled_ = true;
};

} // namespace

TEST_CASE("whatever dies, each message is handled or is a dead letter, in order where that is kept") {
  auto seed = GENERATE(range(1U, 16U));
  INFO("seed " << seed);
  troubled_life life(seed);
  life.run();
  life.check();
  if (life.keeps_order())
    CHECK(life.passed_another() == 0);
}

TEST_CASE("control: where no order is kept messages are seen to pass others of their key") {
  auto passed = 0;
  for (auto seed = 1U; seed < 6; seed += 2) {
    troubled_life life(seed);
    life.run();
    REQUIRE_FALSE(life.keeps_order());
    passed += life.passed_another();
  }
  CHECK(passed > 0);
}
