#include <tusker/actors/delivery_book.hpp>

#include <tusker_test/catch.hpp>

#include <algorithm>
#include <functional>
#include <random>

using namespace tusker;
using std::chrono::milliseconds;
using kind = delivery_book::failure_kind;

namespace {

constexpr std::size_t all_of_them = 1'000;
constexpr auto start = timestamp{std::chrono::hours(500'000)};
constexpr auto three_tries = retry_policy{milliseconds(2'000), 2.0, std::chrono::minutes(10), 0.0, 3};

auto message(std::uint64_t offset) -> std::shared_ptr<const recorded_event> {
  auto made = std::make_shared<recorded_event>();
  made->at.offset = log_offset(offset);
  return made;
}

/// A book with its driver: what an actor does, and what would be in the store.
struct driven_book {
  explicit driven_book(retry_policy how = three_tries, delivery_limits room = {})
      : policy(how), limits(room), book(how, room, log_offset(0)) {}

  retry_policy policy;
  delivery_limits limits;
  delivery_book book;
  timestamp now = start;
  std::map<log_offset, parked_message> stored_parked = {};
  std::map<log_offset, parked_message> stored_dead = {};
  log_offset stored_cursor = {};

  void take_in(std::uint64_t from, std::uint64_t to, const std::string& key = "") {
    for (auto offset = from; offset <= to; ++offset)
      book.take_in(message(offset), key);
  }

  auto next() -> std::uint64_t {
    auto job = book.next(now);
    return job ? job->offset.value() : 0;
  }
  auto fail(std::uint64_t offset, kind what = kind::passing) -> delivery_book::fate {
    return book.failed(log_offset(offset), {now, "no"}, what, 0);
  }
  void succeed(std::uint64_t offset) { book.succeeded(log_offset(offset)); }

  auto commit(std::size_t entries_max = all_of_them) -> delivery_changes {
    auto changes = book.take_changes(entries_max);
    for (const auto& each : changes.parked)
      stored_parked[each.offset] = each;
    for (auto offset : changes.unparked)
      stored_parked.erase(offset);
    for (const auto& each : changes.dead)
      stored_dead[each.offset] = each;
    for (const auto& each : changes.revived)
      stored_dead.erase(each.offset);
    stored_cursor = changes.cursor;
    book.committed();
    return changes;
  }

  /// As after a crash: what is stored is all that is known.
  void restart() {
    book = delivery_book(policy, limits, stored_cursor);
    for (const auto& [offset, parked] : stored_parked)
      book.restore(parked, now);
    for (const auto& [offset, dead] : stored_dead)
      if (offset > stored_cursor)
        book.restore_dead(offset);
  }
};

} // namespace

TEST_CASE("fresh messages are handled in their order, several at a time") {
  driven_book of;
  of.take_in(1, 3);
  CHECK(of.next() == 1);
  CHECK(of.next() == 2);
  CHECK(of.book.in_flight() == 2);
  CHECK(of.next() == 3);
  CHECK(of.next() == 0);
}

TEST_CASE("the cursor moves over what is settled without a gap") {
  driven_book of;
  of.take_in(1, 3);
  of.book.advance(log_offset(9));
  while (of.next() != 0) {
  }
  of.succeed(2);
  CHECK_FALSE(of.book.has_changes());
  of.succeed(1);
  CHECK(of.commit().cursor == log_offset(2));
  of.succeed(3);
  CHECK(of.book.changes_can_wait());
  CHECK(of.commit().cursor == log_offset(9));
  CHECK(of.book.is_at_rest());
}

TEST_CASE("a message that fails is tried again after 2 s and 4 s, to the millisecond, and is dead then") {
  driven_book of;
  of.take_in(1, 1);
  REQUIRE(of.next() == 1);
  of.fail(1);
  CHECK(of.commit().parked.front().due == start + milliseconds(2'000));
  CHECK(of.book.next_due() == start + milliseconds(2'000));
  of.now = start + milliseconds(1'999);
  CHECK(of.next() == 0);
  of.now = start + milliseconds(2'000);
  REQUIRE(of.next() == 1);
  of.fail(1);
  CHECK(of.commit().parked.front().attempts.size() == 2);
  of.now = start + milliseconds(5'999);
  CHECK(of.next() == 0);
  of.now = start + milliseconds(6'000);
  REQUIRE(of.next() == 1);
  of.fail(1);
  auto changes = of.commit();
  REQUIRE(changes.dead.size() == 1);
  CHECK(changes.dead.front().attempts ==
        std::vector<failed_attempt>{{start, "no"}, {start + milliseconds(2'000), "no"}, {of.now, "no"}});
  CHECK(changes.unparked == std::vector{log_offset(1)});
  CHECK(changes.cursor == log_offset(1));
  CHECK(of.book.is_at_rest());
}

TEST_CASE("a failed message is not tried again before its failure is durable") {
  driven_book of;
  of.take_in(1, 1);
  REQUIRE(of.next() == 1);
  of.fail(1);
  of.now += std::chrono::hours(1);
  CHECK(of.next() == 0);
  CHECK_FALSE(of.book.changes_can_wait());
  of.commit();
  CHECK(of.next() == 1);
}

TEST_CASE("a message that fails holds up neither the cursor nor the messages behind it") {
  driven_book of;
  of.take_in(1, 3);
  REQUIRE(of.next() == 1);
  of.fail(1);
  CHECK(of.next() == 2);
  of.succeed(2);
  CHECK(of.commit().cursor == log_offset(2));
  CHECK(of.next() == 3);
}

TEST_CASE("what no attempt can help is dead at once") {
  driven_book of;
  of.take_in(1, 1);
  REQUIRE(of.next() == 1);
  of.fail(1, kind::final);
  CHECK(of.book.dying() == 1); // until a commit has it, it would be nowhere
  auto changes = of.commit();
  CHECK(of.book.dying() == 0);
  CHECK(changes.dead.size() == 1);
  CHECK(changes.unparked.empty());
}

TEST_CASE("later messages of a key wait behind the one that failed, those of another key do not") {
  driven_book of;
  of.take_in(1, 1, "a");
  of.take_in(2, 2, "b");
  of.take_in(3, 4, "a");
  REQUIRE(of.next() == 1);
  REQUIRE(of.next() == 2);
  // 3 and 4 wait for 1.
  CHECK(of.next() == 0);
  of.fail(1);
  of.succeed(2);
  auto changes = of.commit();
  CHECK(changes.parked.size() == 3);
  CHECK(changes.cursor == log_offset(4));
  of.take_in(5, 5, "a");
  CHECK(of.next() == 0);
  of.commit();
  of.now += milliseconds(2'000);
  for (std::uint64_t offset : {1U, 3U, 4U, 5U}) {
    REQUIRE(of.next() == offset);
    CHECK(of.next() == 0);
    of.succeed(offset);
    of.commit();
  }
  CHECK(of.stored_parked.empty());
  CHECK(of.book.is_at_rest());
}

TEST_CASE("those behind a message go on when it is dead") {
  driven_book of(retry_policy{milliseconds(1), 1.0, milliseconds(1), 0.0, 1});
  of.take_in(1, 2, "a");
  REQUIRE(of.next() == 1);
  of.fail(1);
  CHECK(of.next() == 2);
}

TEST_CASE("what is due again and what is fresh have turns") {
  driven_book of(retry_policy{milliseconds(0), 1.0, milliseconds(0), 0.0, 9});
  of.take_in(1, 6);
  for (std::uint64_t offset = 1; offset <= 3; ++offset) {
    REQUIRE(of.next() == offset);
    of.fail(offset);
  }
  of.commit();
  std::vector<std::uint64_t> order;
  while (auto offset = of.next())
    order.push_back(offset);
  CHECK(order == std::vector<std::uint64_t>{1, 4, 2, 5, 3, 6});
}

TEST_CASE("a book takes no more in when its window or its parked messages are full") {
  driven_book of(three_tries, {3, 2});
  of.take_in(1, 3);
  CHECK_FALSE(of.book.has_room());
  REQUIRE(of.next() == 1);
  of.succeed(1);
  CHECK(of.book.has_room());
  for (std::uint64_t offset : {2U, 3U}) {
    REQUIRE(of.next() == offset);
    of.fail(offset);
  }
  CHECK_FALSE(of.book.has_room());
}

TEST_CASE("a key that is held up holds the cursor when no more can be parked") {
  driven_book of(three_tries, {10, 2});
  of.take_in(1, 4, "a");
  REQUIRE(of.next() == 1);
  of.fail(1);
  CHECK(of.commit().cursor == log_offset(2));
  CHECK(of.book.parked() == 2);
  of.now += milliseconds(2'000);
  for (std::uint64_t offset : {1U, 2U, 3U, 4U}) {
    REQUIRE(of.next() == offset);
    of.succeed(offset);
  }
  CHECK(of.commit().cursor == log_offset(4));
}

TEST_CASE("a commit that cannot hold all leaves the cursor before what is left") {
  driven_book of;
  of.take_in(1, 4);
  for (std::uint64_t offset = 1; offset <= 4; ++offset) {
    REQUIRE(of.next() == offset);
    of.fail(offset, offset == 2 ? kind::final : kind::passing);
  }
  auto first = of.commit(2);
  CHECK(first.dead.size() == 1);
  CHECK(first.parked.size() == 1);
  CHECK(first.cursor == log_offset(2));
  CHECK(of.commit(2).cursor == log_offset(4));
  CHECK_FALSE(of.book.has_changes());
}

TEST_CASE("a dead letter that is tried again has all its attempts, and is gone when it comes through") {
  driven_book of(retry_policy{milliseconds(0), 1.0, milliseconds(0), 0.0, 2});
  of.take_in(1, 1);
  for (auto attempt = 0; attempt < 2; ++attempt) {
    REQUIRE(of.next() == 1);
    of.fail(1);
    of.commit();
  }
  REQUIRE(of.stored_dead.size() == 1);
  of.book.revive(log_offset(1), "", of.now);
  CHECK(of.next() == 0);
  of.commit();
  CHECK(of.stored_parked.at(log_offset(1)).was_dead);
  SECTION("it comes through") {
    auto job = of.book.next(of.now);
    REQUIRE(job);
    CHECK(job->was_dead);
    CHECK(job->attempt == 1);
    of.succeed(1);
    CHECK(of.commit().revived.size() == 1);
    CHECK(of.stored_dead.empty());
  }
  SECTION("also over a restart") {
    of.restart();
    REQUIRE(of.next() == 1);
    of.succeed(1);
    of.commit();
    CHECK(of.stored_dead.empty());
  }
  SECTION("it fails again") {
    for (auto attempt = 0; attempt < 2; ++attempt) {
      REQUIRE(of.next() == 1);
      of.fail(1);
      of.commit();
    }
    CHECK(of.stored_dead.at(log_offset(1)).was_dead);
  }
  CHECK(of.stored_parked.empty());
}

TEST_CASE("what was parked ahead of the cursor is not taken in again, also when it is settled by then") {
  driven_book of;
  of.take_in(1, 1, "a");
  of.take_in(2, 2, "b");
  of.take_in(3, 3, "a");
  REQUIRE(of.next() == 1);
  REQUIRE(of.next() == 2);
  of.fail(1);
  // 2 is in flight and holds the cursor; 3 is parked behind 1.
  CHECK(of.commit().cursor == log_offset(1));
  of.restart();
  of.now += milliseconds(2'000);
  for (std::uint64_t offset : {1U, 3U}) {
    REQUIRE(of.next() == offset);
    of.succeed(offset);
  }
  of.take_in(2, 2, "b");
  of.take_in(3, 3, "a");
  REQUIRE(of.next() == 2);
  CHECK(of.next() == 0);
  of.succeed(2);
  CHECK(of.commit().cursor == log_offset(3));
  CHECK(of.stored_parked.empty());
}

namespace {

/// What one seeded life of a book comes to, with crashes at any place.
class random_life {
public:
  explicit random_life(unsigned seed) : dice_(seed) {}

  void run() {
    for (auto step = 0; step < 3'000; ++step)
      do_something();
    may_crash_ = false;
    while (seen_ < messages || !of_.book.is_at_rest() || of_.book.parked() > 0) {
      do_something();
      of_.now += milliseconds(1);
    }
  }

  void check() const {
    for (std::uint64_t offset = 1; offset <= messages; ++offset) {
      INFO("message " << offset);
      auto is_dead = of_.stored_dead.count(log_offset(offset)) > 0;
      CHECK(is_dead == is_poison(offset));
      CHECK(is_dead != done_.count(offset) > 0);
      if (is_dead)
        CHECK(of_.stored_dead.at(log_offset(offset)).attempts.size() == 3);
    }
    CHECK(of_.stored_parked.empty());
    CHECK(of_.stored_cursor == log_offset(messages));
  }

private:
  static constexpr std::uint64_t messages = 300;

  static auto is_poison(std::uint64_t offset) -> bool { return offset % 10 == 7; }
  static auto key_of(std::uint64_t offset) -> std::string {
    return offset % 3 == 0 ? "" : "key " + std::to_string(offset % 5);
  }

  void do_something() {
    auto choice = std::uniform_int_distribution<int>(0, may_crash_ ? 200 : 199)(dice_);
    if (choice < 40 && seen_ < messages && of_.book.has_room())
      take_in_next();
    else if (choice < 120)
      start_next();
    else if (choice < 180)
      finish_one();
    else if (choice < 200 && of_.book.has_changes())
      of_.commit(static_cast<std::size_t>(1 + choice % 4));
    else if (choice == 200)
      crash();
    of_.now += milliseconds(choice % 2);
  }

  void take_in_next() {
    ++seen_;
    of_.book.take_in(message(seen_), key_of(seen_));
  }

  void start_next() {
    auto offset = of_.next();
    if (offset == 0)
      return;
    CHECK(settled_in_this_life_.count(offset) == 0);
    auto key = key_of(offset);
    if (!key.empty()) {
      // Of one key only one at a time, and none before an earlier one is settled or dead.
      CHECK(std::none_of(flying_.begin(), flying_.end(), [&](auto other) { return key_of(other) == key; }));
      for (auto earlier = offset - 1; earlier > 0; --earlier)
        if (key_of(earlier) == key)
          CHECK((done_.count(earlier) > 0 || tries_[earlier] >= 3));
    }
    flying_.push_back(offset);
  }

  void finish_one() {
    if (flying_.empty())
      return;
    auto at = std::uniform_int_distribution<std::size_t>(0, flying_.size() - 1)(dice_);
    auto offset = flying_[at];
    flying_.erase(flying_.begin() + static_cast<std::ptrdiff_t>(at));
    auto stumbles = std::uniform_int_distribution<int>(0, 5)(dice_) == 0 && tries_[offset] < 2;
    if (is_poison(offset) || stumbles) {
      ++tries_[offset];
      if (of_.fail(offset) == delivery_book::fate::dead)
        settled_in_this_life_.insert(offset);
      return;
    }
    of_.succeed(offset);
    settled_in_this_life_.insert(offset);
    done_.insert(offset);
  }

  void crash() {
    flying_.clear();
    settled_in_this_life_.clear();
    of_.restart();
    seen_ = of_.stored_cursor.value();
  }

  std::minstd_rand dice_;
  driven_book of_{retry_policy{milliseconds(3), 2.0, milliseconds(50), 0.0, 3}, {20, 15}};
  std::uint64_t seen_ = 0;
  std::vector<std::uint64_t> flying_;
  std::set<std::uint64_t> done_;
  std::set<std::uint64_t> settled_in_this_life_;
  std::map<std::uint64_t, int> tries_;
  bool may_crash_ = true;
};

} // namespace

TEST_CASE("whatever fails and whenever it crashes, each message comes through or is dead, those of a key in "
          "order") {
  auto seed = GENERATE(range(1U, 40U));
  INFO("seed " << seed);
  random_life life(seed);
  life.run();
  life.check();
}

TEST_CASE("what was parked for a time beyond the longest delay is due by that delay") {
  driven_book of;
  parked_message parked;
  parked.offset = log_offset(1);
  parked.due = of.now + std::chrono::hours(24 * 365);
  of.book.restore(parked, of.now);
  CHECK(of.book.next_due() == of.now + of.policy.delay_max);
}

TEST_CASE("a dead letter that came through, or is dead again, is under way until that is durable") {
  driven_book of;
  of.take_in(1, 2);
  for (std::uint64_t offset : {1U, 2U}) {
    REQUIRE(of.next() == offset);
    of.fail(offset, kind::final);
  }
  of.commit();
  for (std::uint64_t offset : {1U, 2U}) {
    CHECK_FALSE(of.book.is_under_way(log_offset(offset)));
    of.book.revive(log_offset(offset), "", of.now);
  }
  of.commit();
  REQUIRE(of.next() == 1);
  of.succeed(1);
  REQUIRE(of.next() == 2);
  of.fail(2, kind::final);
  for (std::uint64_t offset : {1U, 2U}) {
    CHECK_FALSE(of.book.knows(log_offset(offset)));
    CHECK(of.book.is_under_way(log_offset(offset)));
  }
  (void)of.book.take_changes(10);
  for (std::uint64_t offset : {1U, 2U})
    CHECK(of.book.is_under_way(log_offset(offset)));
  of.book.committed();
  for (std::uint64_t offset : {1U, 2U})
    CHECK_FALSE(of.book.is_under_way(log_offset(offset)));
}
