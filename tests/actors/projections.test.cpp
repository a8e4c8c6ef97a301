#include "projecting_node.hpp"

#include <tusker/config/config_errc.hpp>
#include <tusker/model/projection_dead_letter.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <random>

// A projection's rows are always those that a run over the journal from its first event makes, whoever dies in between.

using namespace tusker;
using counting::total_row;
using counting::totals;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

/// A handler that fails on every event of this amount.
auto fails_on(std::int64_t amount) {
  return [amount](const counting::added& event) -> result<void> {
    if (event.amount == amount)
      return fail(model_errc::row_not_found, "there is no such thing");
    return {};
  };
}

/// A log that cannot be read any more.
class unreadable_log final : public forwarding_journal {
public:
  explicit unreadable_log(std::unique_ptr<journal> engine)
      : forwarding_journal(*engine), engine_(std::move(engine)) {}

  [[nodiscard]] auto read_log(log_id, log_offset, read_limit, const log_filter&) const
      -> result<log_slice> override {
    return fail(journal_errc::corrupt, "an event is damaged");
  }

private:
  std::unique_ptr<journal> engine_;
};

/// A log that is being opened again the next times that somebody asks how long it is.
class reopening_log final : public forwarding_journal {
public:
  explicit reopening_log(std::unique_ptr<journal> engine)
      : forwarding_journal(*engine), engine_(std::move(engine)) {}

  mutable int refusals = 0;

  [[nodiscard]] auto head(log_id log) const -> result<log_offset> override {
    if (refusals == 0)
      return engine_->head(log);
    --refusals;
    return fail(journal_errc::reopening, "the journal is being opened again");
  }

private:
  std::unique_ptr<journal> engine_;
};

} // namespace

TEST_CASE("a projection makes rows of what is there and then of what comes") {
  projecting_node of;
  of.start();
  of.add("a", 1);
  of.stop();
  of.store = std::make_shared<read_store_probe>();
  of.start();
  CHECK(of.row("a") == total_row{"a", 1, 1});
  CHECK(of.status().phase == projection_phase::live);
  of.add("a", 2);
  of.add("b", 7);
  CHECK(of.row("a") == total_row{"a", 3, 2});
  CHECK(of.row("b") == total_row{"b", 7, 1});
  auto status = of.status();
  CHECK(status.position == log_offset(3));
  CHECK(status.lag() == 0);
  CHECK(status.events == 3);
  CHECK(status.progressed == of.node->clock().now());
  CHECK(status.events_per_second > 0);
  CHECK_FALSE(status.failure);
}

TEST_CASE("rows and offset commit together, many events at once while it catches up") {
  projecting_node of;
  of.begin();
  REQUIRE((*of.node)->pause_projection("totals"));
  of.add_many(90);
  CHECK(of.store->commits == 0);
  of.how.commit_events_max = GENERATE(as<std::size_t>(), 1, 7, 1'000);
  of.stop();
  of.start();
  REQUIRE((*of.node)->resume_projection("totals"));
  of.node->run();
  CHECK(of.store->commits ==
        static_cast<int>((90 + of.how.commit_events_max - 1) / of.how.commit_events_max));
  CHECK(of.digest() == of.digest_of_replay());
  CHECK(of.entry().serving.offset_of(log_id(0)) == log_offset(90));
}

TEST_CASE("a projection that starts again goes on where it was") {
  projecting_node of;
  of.start();
  of.add_many(10);
  of.stop();
  of.start();
  CHECK(of.status().events == 0);
  CHECK(of.status().position == log_offset(10));
  of.add_many(5);
  CHECK(of.status().events == 5);
  CHECK(of.digest() == of.digest_of_replay());
}

TEST_CASE("a projection that dies before or after a commit neither skips an event nor counts it twice") {
  projecting_node of;
  of.how.commit_events_max = 4;
  of.begin();
  auto nth = GENERATE(1, 2, 5);
  auto is_after = GENERATE(false, true);
  (is_after ? of.store->throw_after : of.store->throw_before) = nth;
  of.add_many(40);
  CHECK(of.status().events < 40);
  of.node->advance(seconds(1));
  CHECK(of.status().position == log_offset(40));
  CHECK(of.status().phase == projection_phase::live);
  CHECK(of.digest() == of.digest_of_replay());
  CHECK(of.row("fizz")->events + of.row("a")->events == 40);
}

TEST_CASE("a projection that dies again and again without a commit is left alone until it is resumed") {
  projecting_node of;
  of.start();
  totals::then = [](const counting::added&) -> result<void> { return {}; };
  of.store->throw_before = 1;
  of.add("a", 1);
  for (auto death = 0; death < 20; ++death) {
    of.store->throw_before = 1;
    of.node->advance(minutes(1));
  }
  CHECK(of.status().phase == projection_phase::failed);
  CHECK(of.status().failure->message().find("dies before the commit") != std::string::npos);
  of.store->throw_before = 0;
  REQUIRE((*of.node)->resume_projection("totals"));
  of.node->run();
  CHECK(of.row("a") == total_row{"a", 1, 1});
  CHECK(of.status().phase == projection_phase::live);
}

TEST_CASE("whenever a projection or its subscription dies, the rows are those of a replay") {
  auto seed = GENERATE(range(1U, 21U));
  std::mt19937 random(seed);
  projecting_node of;
  of.how.commit_events_max = 1 + random() % 5;
  of.start();
  for (auto round = 0; round < 10; ++round) {
    for (auto at = 0; at < 7; ++at)
      (void)(*of.node)->dispatch<counting::counter>("a", counting::add{at + 1});
    for (auto turns = random() % 40; turns > 0 && of.node->run_once(); --turns) {
    }
    auto dying = random() % 2 == 0 ? crash_projection::part::whole : crash_projection::part::reader;
    of.node->crash({"totals", dying});
    of.let_time_pass();
  }
  CHECK(of.status().phase == projection_phase::live);
  CHECK(of.row("a") == total_row{"a", 280, 70});
  CHECK(of.digest() == of.digest_of_replay());
}

TEST_CASE("a failing event is tried again, later each time, with what is before it committed") {
  projecting_node of;
  of.how.retries = {milliseconds(100), 2.0, seconds(10), 0.0, 5};
  totals::then = fails_on(3);
  of.start();
  of.add_many(5);
  CHECK(of.row("a") == total_row{"a", 3, 2});
  CHECK_FALSE(of.row("fizz"));
  CHECK(of.status().failed_attempts == 1);
  of.node->advance(milliseconds(100));
  CHECK(of.status().failed_attempts == 2);
  of.node->advance(milliseconds(199));
  CHECK(of.status().failed_attempts == 2);
  totals::then = nullptr;
  of.node->advance(milliseconds(1));
  CHECK_FALSE(of.status().failure);
  CHECK(of.status().failed_attempts == 0);
  CHECK(of.row("fizz") == total_row{"fizz", 3, 1});
  CHECK(of.digest() == of.digest_of_replay());
}

TEST_CASE("a projection stands before the event that it cannot handle, and says which it is") {
  projecting_node of;
  of.how.retries.attempts_max = 3;
  totals::then = GENERATE(false, true) ? std::function<result<void>(const counting::added&)>(fails_on(3))
                                       : [](const counting::added& event) -> result<void> {
    if (event.amount == 3)
      throw std::runtime_error("there is no such thing");
    return {};
  };
  of.start();
  of.add_many(5);
  of.let_time_pass();
  auto status = of.status();
  CHECK(status.phase == projection_phase::failed);
  CHECK(status.position == log_offset(2));
  CHECK(status.lag() == 3);
  REQUIRE(status.failure);
  CHECK(status.failure->message().find("counter-fizz@1 at position 0:3") != std::string::npos);
  CHECK(status.failure->message().find("no such thing") != std::string::npos);
  CHECK(of.entry().last_error.find("counter-fizz@1") != std::string::npos);
  CHECK(of.entry().serving.offset_of(log_id(0)) == log_offset(2));
  of.add("a", 10);
  CHECK(of.status().position == log_offset(2));

  SECTION("it tries again when it is resumed") {
    totals::then = nullptr;
    REQUIRE((*of.node)->resume_projection("totals"));
    of.node->run();
  }
  SECTION("it tries again when the program starts again") {
    totals::then = nullptr;
    of.stop();
    of.start();
  }
  CHECK(of.status().phase == projection_phase::live);
  CHECK(of.entry().last_error.empty());
  CHECK(of.digest() == of.digest_of_replay());
}

TEST_CASE("a projection that may goes on without an event, and keeps a note of it with the rows") {
  projecting_node of;
  of.how.when_failing = failing_event_policy::dead_letter;
  of.how.retries.attempts_max = 2;
  totals::then = fails_on(3);
  of.start();
  of.add_many(7);
  CHECK_FALSE(of.row("fizz"));
  of.let_time_pass();
  CHECK(of.status().phase == projection_phase::live);
  CHECK(of.status().dead_letters == 1);
  CHECK(of.row("fizz") == total_row{"fizz", 6, 1});
  CHECK(of.row("a") == total_row{"a", 19, 5});
  auto key = dead_letter_table.key_of(std::tuple(log_id(0), log_offset(3)));
  auto letter = of.store->get(of.entry().serving.number, dead_letter_table.name, key).value();
  REQUIRE(letter);
  auto told = decode<projection_dead_letter>(*letter).value();
  CHECK(told.stream == "counter-fizz");
  CHECK(told.type == "Added");
  CHECK(told.failure.find("no such thing") != std::string::npos);
  CHECK(of.digest() == of.digest_of_replay());
}

TEST_CASE("a projection that is paused stands still, over a restart too, until it is resumed") {
  projecting_node of;
  of.start();
  of.add_many(3);
  REQUIRE((*of.node)->pause_projection("totals"));
  of.add_many(3);
  CHECK(of.status().phase == projection_phase::paused);
  CHECK(of.status().position == log_offset(3));
  CHECK(of.status().lag() == 3);
  of.stop();
  of.start();
  CHECK(of.status().phase == projection_phase::paused);
  CHECK(of.status().position == log_offset(3));
  REQUIRE((*of.node)->resume_projection("totals"));
  of.node->run();
  CHECK(of.status().phase == projection_phase::live);
  CHECK(of.digest() == of.digest_of_replay());
}

TEST_CASE("a full disk is waited for, and nothing is handled twice") {
  projecting_node of;
  of.start();
  of.store->failure = error(journal_errc::storage_full, "the disk is full");
  of.store->failures = 3;
  of.add_many(4);
  CHECK_FALSE(of.row("a"));
  REQUIRE(of.status().failure);
  CHECK(of.status().failure->code() == journal_errc::storage_full);
  of.let_time_pass();
  CHECK_FALSE(of.status().failure);
  CHECK(of.status().position == log_offset(4));
  CHECK(of.digest() == of.digest_of_replay());
}

TEST_CASE("a read store that cannot be read is no fault of the event") {
  projecting_node of;
  of.how.when_failing = failing_event_policy::dead_letter;
  of.how.retries.attempts_max = 1;
  of.start();
  SECTION("it is waited for where it may come back") {
    of.store->read_failure = error(journal_errc::too_many_readers, "all slots are taken");
    of.store->read_failures = 2;
    of.add_many(4);
    of.let_time_pass();
    CHECK(of.status().phase == projection_phase::live);
    CHECK(of.digest() == of.digest_of_replay());
  }
  SECTION("it ends the projection where it may not") {
    of.store->read_failure = error(journal_errc::io_error, "the disk is broken");
    of.store->read_failures = 1;
    of.add_many(4);
    CHECK(of.status().phase == projection_phase::failed);
    CHECK(of.status().position == log_offset(0));
  }
  CHECK(of.status().dead_letters == 0);
}

TEST_CASE("a projection that somebody else took over stops, and changes nothing more") {
  projecting_node of;
  of.start();
  of.add_many(3);
  auto before = of.digest();
  auto owner = of.entry().epoch_of(log_id(0));
  REQUIRE(of.store->claim("totals", log_id(0), owner));
  of.add_many(3);
  CHECK(of.status().phase == projection_phase::failed);
  CHECK(of.status().failure->code() == runtime_errc::projection_displaced);
  CHECK(of.digest() == before);
}

TEST_CASE("a journal that cannot be read ends a projection where it is") {
  projecting_node of;
  of.start();
  of.add_many(3);
  of.stop();
  of.log = std::make_unique<unreadable_log>(std::move(of.log));
  of.start();
  of.let_time_pass();
  CHECK(of.status().phase == projection_phase::failed);
  CHECK(of.status().failure->code() == journal_errc::corrupt);
  CHECK(of.entry().serving.offset_of(log_id(0)) == log_offset(3));
}

TEST_CASE("a projection that begins while the journal is opened again waits for it") {
  projecting_node of;
  auto reopening = std::make_unique<reopening_log>(std::move(of.log));
  auto& log = *reopening;
  of.log = std::move(reopening);
  of.start();
  of.add_many(3);
  REQUIRE((*of.node)->pause_projection("totals"));
  of.node->run();
  log.refusals = 2;
  REQUIRE((*of.node)->resume_projection("totals"));
  of.node->run();
  CHECK(log.refusals < 2);
  of.let_time_pass();
  CHECK(log.refusals == 0);
  CHECK(of.status().phase == projection_phase::live);
  of.add("a", 4);
  CHECK(of.digest() == of.digest_of_replay());
}

TEST_CASE("a position that nothing was wanted of is committed when the projection has rest") {
  projecting_node of;
  of.start();
  (void)(*of.node)->dispatch<counting::counter>("a", counting::crash_in_evolve{});
  of.node->run();
  CHECK(of.status().position == log_offset(1));
  CHECK(of.status().phase == projection_phase::live);
  CHECK(of.store->commits == 0);
  of.node->advance(seconds(1));
  CHECK(of.store->commits == 1);
  CHECK(of.entry().serving.offset_of(log_id(0)) == log_offset(1));
  of.node->advance(minutes(1));
  CHECK(of.store->commits == 1);
}

TEST_CASE("who asks for a projection that is not there is told the names of those that are") {
  projecting_node of;
  of.start();
  auto asked = (*of.node)->projection_status_of("total");
  REQUIRE_FALSE(asked);
  CHECK(asked.error().code() == runtime_errc::unknown_projection);
  CHECK(asked.error().message().find("did you mean 'totals'") != std::string::npos);
  CHECK((*of.node)->pause_projection("x").error().code() == runtime_errc::unknown_projection);
  REQUIRE((*of.node)->projections().size() == 1);
  CHECK((*of.node)->projections().front().name == "totals");
}

TEST_CASE("what is wrong with an added projection is said by start") {
  auto twice = deterministic_runtime::open().value();
  twice->add<counting::counter>().add_projection<totals>().add_projection<totals>();
  CHECK(twice->start().error().code() == runtime_errc::duplicate_type);
  auto limits = deterministic_runtime::open().value();
  limits->add_projection<totals>({.commit_events_max = 0});
  CHECK(limits->start().error().code() == config_errc::out_of_range);
  auto late = deterministic_runtime::open().value();
  REQUIRE(late->start());
  late->add_projection<totals>();
  CHECK(late->projections().empty());
}
