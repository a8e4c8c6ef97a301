#include "asking_node.hpp"

#include <tusker_test/catch.hpp>

// Queries: every one is answered once, from rows that know of what the caller has seen.

using namespace tusker;
using counting::asked_totals;
using counting::find_nothing;
using counting::find_total;
using counting::largest_totals;
using std::chrono::seconds;

namespace {

auto says(const error& failure, std::string_view what) -> bool {
  return failure.message().find(what) != std::string::npos;
}

} // namespace

TEST_CASE("a query is answered from the rows of its projection, by key and by index") {
  asking_node of;
  of.start();
  (void)of.add("a", 3);
  (void)of.add("b", 8);
  (void)of.add("c", 5);
  of.node->run();
  auto found = of->query(find_total{"b"});
  auto largest = of->query(largest_totals{2});
  auto missing = of->query(find_total{"d"});
  of.node->run();
  CHECK(found.get().value() == 8);
  CHECK(largest.get().value() == std::vector<std::string>{"b", "c"});
  CHECK(missing.get().value() == std::nullopt);
  CHECK(of->stats().queries == 3);
  CHECK(of->stats().queries_answered == 3);
  auto rows = of->read<asked_totals>();
  REQUIRE(rows);
  CHECK(rows->get(asked_totals::rows.at("b")).value()->total == 8);
  CHECK(rows->offset() == log_offset(3));
}

TEST_CASE("a query that has seen a write waits for it, and one that has not need not know of it") {
  asking_node of;
  of.start();
  REQUIRE(of->pause_projection("asked_totals"));
  of.node->run();
  auto written = of.add("a", 3);
  auto waiting = of->query(find_total{"a"}, {.seen = written.seen});
  auto careless = of->query(find_total{"a"});
  of.node->run();
  // The control: without `seen` the write is missed.
  CHECK(careless.get().value() == std::nullopt);
  CHECK_FALSE(waiting.is_ready());
  CHECK(of->stats().queries_waiting == 1);
  REQUIRE(of->resume_projection("asked_totals"));
  of.node->run();
  REQUIRE(waiting.is_ready());
  CHECK(waiting.get().value() == 3);
  CHECK(of->stats().queries_waiting == 0);
}

TEST_CASE("whoever asks right after a command sees it, whatever has run by then") {
  asking_node of;
  of.start();
  auto missed = 0;
  for (std::int64_t at = 1; at <= 60; ++at) {
    auto is_held_up = at % 3 == 0;
    if (is_held_up) {
      REQUIRE(of->pause_projection("asked_totals"));
      of.node->run();
    }
    auto written = of.add("a", 1);
    auto careful = of->query(find_total{"a"}, {.seen = written.seen});
    auto careless = of->query(find_total{"a"});
    for (auto turn = 0; turn < at % 7; ++turn)
      (void)of.node->run_once();
    if (is_held_up) {
      of.node->run();
      REQUIRE(of->resume_projection("asked_totals"));
    }
    of.node->run();
    CHECK(careful.get().value() == at);
    missed += careless.get().value() != at ? 1 : 0;
  }
  // The control: those who had not seen it missed it where the rows came late.
  CHECK(missed >= 20);
}

TEST_CASE("while a rebuilt model takes the place of the old one, every query has one or the other, whole") {
  asking_node of;
  of.start();
  auto written = receipt();
  for (auto at = 0; at < 30; ++at)
    written = of.add(at % 2 == 0 ? "a" : "b", 1);
  of.node->run();
  REQUIRE(of->rebuild_projection("asked_totals"));
  std::vector<pending<find_total::answer>> asked;
  do {
    asked.push_back(of->query(find_total{"a"}, {.seen = written.seen}));
  } while (asked.size() < 200 && of.node->run_once());
  of.node->run();
  for (const auto& each : asked)
    CHECK(each.get().value() == 15);
}

TEST_CASE("the tokens of several receipts merge, and the query waits for the last of them") {
  asking_node of;
  of.start();
  auto first = of.add("a", 1);
  auto second = of.add("b", 2);
  auto both = second.seen;
  both.merge(first.seen);
  auto answer = of->query(find_total{"b"}, {.seen = both});
  of.node->run();
  CHECK(answer.get().value() == 2);
}

TEST_CASE("a query whose time is over says what it waited for, and is forgotten") {
  asking_node of;
  of.start();
  (void)of.add("a", 1);
  of.node->run();
  REQUIRE(of->pause_projection("asked_totals"));
  of.node->run();
  auto written = of.add("a", 1);
  auto answer = of->query(find_total{"a"}, {.seen = written.seen, .timeout = seconds(2)});
  of.node->run();
  of.node->advance(seconds(1));
  CHECK_FALSE(answer.is_ready());
  of.node->advance(seconds(1));
  REQUIRE(answer.is_ready());
  CHECK(answer.get().error().code() == runtime_errc::timed_out);
  CHECK(answer.get().error().message() == "query 'FindTotal' was not answered in time: the rows of "
                                          "projection 'asked_totals' are at offset 1, and it "
                                          "waited for 2; it is paused");
  CHECK(of->stats().queries_waiting == 0);
  CHECK(of->stats().queries_timed_out == 1);
  REQUIRE(of->resume_projection("asked_totals"));
  of.node->run();
  CHECK(of->stats().late_query_answers == 0);
}

TEST_CASE("a query that waits for a projection that has failed says why it did") {
  asking_node of;
  of.start();
  of.store->failure = error(journal_errc::io_error, "the disk is gone");
  of.store->failures = 1'000;
  auto written = of.add("a", 1);
  auto answer = of->query(find_total{"a"}, {.seen = written.seen, .timeout = seconds(2)});
  of.node->run();
  of.node->advance(seconds(2));
  REQUIRE(answer.is_ready());
  CHECK(says(answer.get().error(), "it has failed: "));
  CHECK(says(answer.get().error(), "the disk is gone"));
}

TEST_CASE("a query that nobody answers names those that are known") {
  asking_node of;
  of.start();
  auto answer = of->query(find_nothing{});
  REQUIRE(answer.is_ready());
  CHECK(answer.get().error().code() == runtime_errc::no_handler);
  CHECK(answer.get().error().message() == "nobody answers query 'FindTotl'; did you mean 'FindTotal'? Known: "
                                          "FindTotal, LargestTotals");
}

TEST_CASE("a handler's error is handed on, and what it throws becomes one") {
  asking_node of;
  of.start();
  asked_totals::before = []() -> result<void> { return fail(model_errc::row_not_found, "no such counter"); };
  auto failed = of->query(find_total{"a"});
  of.node->run();
  CHECK(failed.get().error() == error(model_errc::row_not_found, "no such counter"));
  asked_totals::before = []() -> result<void> { throw std::runtime_error("out of luck"); };
  auto threw = of->query(find_total{"a"});
  of.node->run();
  CHECK(threw.get().error().code() == runtime_errc::handler_failed);
  CHECK(says(threw.get().error(), "out of luck"));
  asked_totals::before = nullptr;
  auto fine = of->query(find_total{"a"});
  of.node->run();
  CHECK(fine.get().value() == std::nullopt);
  CHECK(of->stats().query_worker_restarts == 0);
}

TEST_CASE("workers and the desk may die, and every query has its answer") {
  asking_node of;
  of.start();
  using part = crash_query_part::part;
  auto dying = GENERATE(part::worker, part::desk);
  (void)of.add("a", 1);
  of.node->run();
  for (auto round = 0; round < 5; ++round) {
    std::vector<pending<find_total::answer>> asked;
    asked.reserve(12);
    for (auto at = 0; at < 6; ++at)
      asked.push_back(of->query(find_total{"a"}));
    of.node->crash({dying, 0});
    for (auto at = 0; at < 6; ++at)
      asked.push_back(of->query(find_total{"a"}));
    of.node->run();
    for (const auto& each : asked) {
      REQUIRE(each.is_ready());
      if (!each.get())
        CHECK((each.get().error().code() == runtime_errc::overloaded ||
               each.get().error().code() == runtime_errc::handler_failed));
    }
    auto after = of->query(find_total{"a"});
    of.node->run();
    CHECK(after.get().value() == 1);
  }
  CHECK(of->stats().query_worker_restarts == (dying == part::worker ? 5 : 0));
}

TEST_CASE("queries beyond the limit are refused at once, and their places are free again when others are "
          "answered") {
  runtime_options options;
  options.queries_in_flight_max = 2;
  asking_node of(options);
  of.start();
  auto first = of->query(find_total{"a"});
  auto second = of->query(find_total{"a"});
  auto third = of->query(find_total{"a"});
  REQUIRE(third.is_ready());
  CHECK(third.get().error().code() == runtime_errc::overloaded);
  CHECK(says(third.get().error(), "queries_in_flight_max"));
  of.node->run();
  CHECK(first.get().value() == std::nullopt);
  auto fourth = of->query(find_total{"a"});
  of.node->run();
  CHECK(fourth.get());
}

TEST_CASE(
    "before the start and after the shutdown queries are answered `stopped`, and so are those that wait") {
  asking_node of;
  CHECK(of->query(find_total{"a"}).get().error().code() == runtime_errc::stopped);
  CHECK(of->read<asked_totals>().error().code() == runtime_errc::stopped);
  of.start();
  auto far = seen_token(position{log_id(0), log_offset(100)});
  std::vector<pending<find_total::answer>> waiting;
  waiting.reserve(20);
  for (auto at = 0; at < 20; ++at)
    waiting.push_back(of->query(find_total{"a"}, {.seen = far}));
  of.node->run();
  CHECK(of->stats().queries_waiting == 20);
  REQUIRE(of->shutdown());
  for (const auto& each : waiting) {
    REQUIRE(each.is_ready());
    CHECK(each.get().error().code() == runtime_errc::stopped);
  }
  CHECK(of->query(find_total{"a"}).get().error().code() == runtime_errc::stopped);
  CHECK(of->read<asked_totals>().error().code() == runtime_errc::stopped);
}

TEST_CASE("a handler may stand outside of its projection") {
  asking_node of;
  of->add_query<find_nothing>("asked_totals", [](const find_nothing&, const read_rows& rows) -> result<bool> {
    return rows.count(asked_totals::rows.all()).value().rows == 0;
  });
  of.start();
  auto answer = of->query(find_nothing{});
  of.node->run();
  CHECK(answer.get().value());
}

TEST_CASE("a query that is answered twice, or from no projection, is refused at the start") {
  asking_node of;
  auto handler = [](const find_total&, const read_rows&) -> result<find_total::answer> {
    return std::nullopt;
  };
  auto is_twice = GENERATE(true, false);
  of->add_query<find_total>(is_twice ? "asked_totals" : "askd_totals", handler);
  auto started = of->start();
  REQUIRE_FALSE(started);
  CHECK(started.error().code() ==
        (is_twice ? runtime_errc::duplicate_type : runtime_errc::unknown_projection));
  CHECK(says(started.error(), is_twice ? "'FindTotal'" : "did you mean 'asked_totals'?"));
}
