#include "projecting_node.hpp"

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <random>

// A rebuild makes the rows that a run over the journal from its first event makes, while those that were there serve.

using namespace tusker;
using counting::total_row;
using counting::totals;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr log_id first_log{};

/// A projection of 40 events, in commits of 4.
struct rebuilding_node : projecting_node {
  rebuilding_node() {
    how.commit_events_max = 4;
    start();
    add_many(40);
    served = entry().serving;
  }

  void rebuild(const rebuild_options& options = {}) {
    REQUIRE((*node)->rebuild_projection("totals", options));
    node->run();
  }

  /// Begins a rebuild that dies at its third commit, and has not been started again.
  void rebuild_in_part() {
    store->throw_before = 3;
    rebuild();
    REQUIRE(entry().building.value().offset_of(first_log) == log_offset(8));
  }

  [[nodiscard]] auto offset() const -> log_offset { return entry().serving.offset_of(first_log); }

  /// Whether another model serves, with the rows of a replay, and nothing is left of the rebuild.
  [[nodiscard]] auto is_rebuilt() -> bool {
    auto now = entry();
    return now.serving.number > served.number && !now.building && !store->view(served.number) &&
           status().phase == projection_phase::live && !status().rebuild && digest() == digest_of_replay();
  }

  model_entry served;
};

} // namespace

TEST_CASE("a rebuild makes the same rows anew and lets them serve") {
  rebuilding_node of;
  auto before = of.digest();
  of.rebuild();
  CHECK(of.is_rebuilt());
  CHECK(of.digest() == before);
  CHECK(of.offset() == log_offset(40));
  CHECK(of.status().position == log_offset(40));
  of.add("a", 7);
  CHECK(of.offset() == log_offset(41));
  CHECK(of.is_rebuilt());
  CHECK(*of.store->sweep(1'000) == 0);
}

TEST_CASE("a projection is said to be rebuilt from the moment it was asked for") {
  rebuilding_node of;
  REQUIRE((*of.node)->rebuild_projection("totals"));
  CHECK(of.status().phase == projection_phase::rebuilding);
  while (of.entry().serving.number == of.served.number) {
    CHECK(of.status().phase == projection_phase::rebuilding);
    REQUIRE(of.node->run_once());
  }
  of.node->run();
  CHECK(of.is_rebuilt());
}

TEST_CASE("the old rows serve, and go on being made, until the new ones have caught up") {
  rebuilding_node of;
  of.how.retries.attempts_max = 1;
  of.stop();
  of.start();
  totals::then = [](const counting::added& event) -> result<void> {
    return event.amount == 20 ? fail(model_errc::row_not_found, "not this one again") : result<void>();
  };
  of.rebuild();
  CHECK(of.status().phase == projection_phase::failed);
  CHECK(of.status().failure->message().find("not this one again") != std::string::npos);
  CHECK(of.entry().building.value().offset_of(first_log) == log_offset(19));
  of.add("a", 100);
  CHECK(of.entry().serving.number == of.served.number);
  CHECK(of.status().position == log_offset(41));
  totals::then = nullptr;
  CHECK(of.digest() == of.digest_of_replay());
  REQUIRE((*of.node)->resume_projection("totals"));
  of.node->run();
  CHECK(of.is_rebuilt());
  CHECK_FALSE(of.status().failure);
  CHECK(of.entry().last_error.empty());
}

TEST_CASE("rows of another version of the code are made anew at the start") {
  rebuilding_node of;
  of.stop();
  of.version = 2;
  of.begin();
  CHECK(of.entry().serving.number == of.served.number);
  of.node->run();
  CHECK(of.is_rebuilt());
  CHECK(of.entry().serving.version == projection_version(2));
  of.stop();
  of.start();
  CHECK(of.entry().serving.version == projection_version(2));
  CHECK(of.status().events == 0);
}

TEST_CASE("rows of another version serve as they are until the new ones have caught up") {
  rebuilding_node of;
  of.stop();
  of.version = 2;
  of.store->throw_before = 3;
  of.start();
  CHECK(of.status().phase == projection_phase::rebuilding);
  CHECK(of.status().position == log_offset(40));
  of.add("a", 7);
  CHECK(of.entry().serving.number == of.served.number);
  CHECK(of.offset() == log_offset(40));
  of.node->advance(minutes(1));
  CHECK(of.is_rebuilt());
  CHECK(of.offset() == log_offset(41));
}

TEST_CASE("rows of events that the journal does not have are gone at once, and made anew") {
  rebuilding_node of;
  of.stop();
  of.log = std::move(*open_memory_journal());
  of.begin();
  of.node->run();
  CHECK(of.is_rebuilt());
  CHECK_FALSE(of.row("a"));
  of.add("a", 5);
  CHECK(of.row("a") == total_row{"a", 5, 1});
}

TEST_CASE("rows of another history do not come back when the journal has grown past them") {
  rebuilding_node of;
  of.how.retries.attempts_max = 1;
  of.stop();
  of.log = std::move(*open_memory_journal());
  totals::then = [](const counting::added& event) -> result<void> {
    return event.amount == 3 ? fail(model_errc::row_not_found, "not yet") : result<void>();
  };
  of.start();
  of.add_many(50);
  CHECK(of.status().phase == projection_phase::failed);
  CHECK(of.offset() == log_offset(2));
  totals::then = nullptr;
  REQUIRE((*of.node)->resume_projection("totals"));
  of.node->run();
  CHECK(of.offset() == log_offset(50));
  CHECK(of.is_rebuilt());
}

TEST_CASE("a paused projection of another history is paused and empty") {
  rebuilding_node of;
  REQUIRE((*of.node)->pause_projection("totals"));
  of.stop();
  of.log = std::move(*open_memory_journal());
  of.start();
  of.add_many(3);
  CHECK(of.status().phase == projection_phase::paused);
  CHECK(of.offset() == before_all_events);
  REQUIRE((*of.node)->resume_projection("totals"));
  of.node->run();
  CHECK(of.is_rebuilt());
}

TEST_CASE("a failing event is tried as often as it may be, however often somebody resumes") {
  rebuilding_node of;
  of.how.retries = {seconds(10), 1.0, seconds(10), 0.0, 4};
  of.stop();
  of.start();
  totals::then = [](const counting::added&) -> result<void> {
    return fail(model_errc::row_not_found, "not this one");
  };
  of.add("a", 1);
  REQUIRE((*of.node)->resume_projection("totals"));
  of.node->run();
  CHECK(of.status().failed_attempts == 2);
  of.node->advance(seconds(9));
  CHECK(of.status().failed_attempts == 2);
  of.node->advance(seconds(1));
  CHECK(of.status().failed_attempts == 3);
  of.node->advance(seconds(10));
  CHECK(of.status().phase == projection_phase::failed);
}

TEST_CASE("a build that is ahead of the journal is begun afresh") {
  rebuilding_node of;
  of.rebuild_in_part();
  auto left = of.entry().building.value().number;
  of.stop();
  of.log = std::move(*open_memory_journal());
  of.start();
  CHECK(of.is_rebuilt());
  CHECK(of.entry().serving.number > left);
}

TEST_CASE("whatever kills a rebuild, it is gone on with where its last commit ended") {
  rebuilding_node of;
  of.rebuild_in_part();
  auto building = of.entry().building.value().number;
  CHECK(of.entry().serving.number == of.served.number);
  std::uint64_t events = 32; // What was committed before is not made again.
  SECTION("the projection died") {
    events += of.status().events;
    of.node->advance(minutes(1));
  }
  SECTION("the node was stopped") {
    of.stop();
    of.start();
  }
  CHECK(of.is_rebuilt());
  CHECK(of.entry().serving.number == building);
  CHECK(of.status().events == events);
}

TEST_CASE("whenever a projection or its subscription dies during rebuilds, the rows are those of a replay") {
  auto seed = GENERATE(range(1U, 21U));
  std::mt19937 random(seed);
  rebuilding_node of;
  for (auto round = 0; round < 10; ++round) {
    (void)(*of.node)->rebuild_projection("totals");
    for (auto at = 0; at < 3; ++at)
      (void)(*of.node)->dispatch<counting::counter>("a", counting::add{at + 1});
    for (auto turns = random() % 60; turns > 0 && of.node->run_once(); --turns) {
    }
    auto serving = of.offset();
    auto dying = random() % 2 == 0 ? crash_projection::part::whole : crash_projection::part::reader;
    of.node->crash({"totals", dying});
    if (random() % 3 != 0)
      of.let_time_pass();
    // Who has seen an event in the rows sees it in all rows from then on.
    CHECK(of.offset() >= serving);
  }
  of.let_time_pass();
  CHECK(of.is_rebuilt());
  CHECK(of.row("a")->events + of.row("fizz")->events == 70);
}

TEST_CASE("a rebuild that goes on is begun afresh when it is asked for again") {
  rebuilding_node of;
  of.rebuild_in_part();
  auto left = of.entry().building.value().number;
  of.store->throw_before = 0;
  of.rebuild();
  of.node->advance(minutes(1));
  CHECK(of.is_rebuilt());
  CHECK(of.entry().serving.number > left);
  CHECK_FALSE(of.store->view(left));
}

TEST_CASE("a rebuild that is abandoned leaves the rows that serve") {
  rebuilding_node of;
  of.rebuild_in_part();
  REQUIRE((*of.node)->abandon_rebuild("totals"));
  of.node->advance(minutes(1));
  CHECK_FALSE(of.entry().building);
  CHECK(of.entry().serving.number == of.served.number);
  CHECK(of.status().phase == projection_phase::live);
  of.add("a", 3);
  CHECK(of.digest() == of.digest_of_replay());
}

TEST_CASE("a rebuild of a paused projection begins when that is resumed") {
  rebuilding_node of;
  REQUIRE((*of.node)->pause_projection("totals"));
  of.rebuild();
  CHECK(of.status().phase == projection_phase::paused);
  CHECK(of.entry().building);
  REQUIRE((*of.node)->resume_projection("totals"));
  of.node->run();
  CHECK(of.is_rebuilt());
}

TEST_CASE("a failed projection is rebuilt") {
  rebuilding_node of;
  of.how.retries.attempts_max = 1;
  of.stop();
  of.start();
  totals::then = [](const counting::added&) -> result<void> {
    return fail(model_errc::row_not_found, "broken");
  };
  of.add("a", 1);
  REQUIRE(of.status().phase == projection_phase::failed);
  totals::then = nullptr;
  of.rebuild();
  CHECK(of.is_rebuilt());
  CHECK(of.offset() == log_offset(41));
  CHECK(of.entry().last_error.empty());
}

TEST_CASE("a replay from an offset makes rows of what is behind it") {
  rebuilding_node of;
  of.rebuild({log_offset(37)});
  CHECK(of.row("fizz") == total_row{"fizz", 39, 1});
  CHECK(of.row("a") == total_row{"a", 38 + 40, 2});
  CHECK(of.offset() == log_offset(40));
  of.rebuild({log_offset(40)});
  CHECK_FALSE(of.row("a"));
  auto beyond = (*of.node)->rebuild_projection("totals", {log_offset(41)});
  REQUIRE_FALSE(beyond);
  CHECK(beyond.error().code() == runtime_errc::beyond_the_log);
  of.rebuild();
  CHECK(of.is_rebuilt());
}

TEST_CASE("a rebuild says how far it is, how fast, and how long it will take") {
  rebuilding_node of;
  of.rebuild_in_part();
  auto status = of.status();
  REQUIRE(status.rebuild);
  CHECK(status.phase == projection_phase::rebuilding);
  CHECK(status.rebuild->position == log_offset(8));
  CHECK(status.rebuild->events_per_second == 8);
  CHECK(status.rebuild->time_left == seconds(4));
  CHECK(status.position == log_offset(40));
}

TEST_CASE("a switch that the store has no room for is made later") {
  rebuilding_node of;
  of.store->failure = error(journal_errc::storage_full, "full");
  of.store->switch_failures = 2;
  of.rebuild();
  CHECK(of.status().phase == projection_phase::rebuilding);
  CHECK(of.entry().serving.number == of.served.number);
  of.node->advance(milliseconds(100));
  CHECK(of.entry().serving.number == of.served.number);
  of.node->advance(milliseconds(200));
  CHECK(of.is_rebuilt());
}

TEST_CASE("a build that takes the place of another at the last moment is the one that serves") {
  rebuilding_node of;
  std::optional<model_number> second;
  of.store->before_switch = [&] {
    second = of.store->begin_build("totals", {projection_version(1), build_start::afresh}).value();
  };
  of.rebuild();
  CHECK(of.is_rebuilt());
  CHECK(of.entry().serving.number == second);
}

TEST_CASE("who rebuilds a projection that is not there is told the names of those that are") {
  rebuilding_node of;
  auto asked = (*of.node)->rebuild_projection("total");
  REQUIRE_FALSE(asked);
  CHECK(asked.error().code() == runtime_errc::unknown_projection);
  CHECK(asked.error().message().find("did you mean 'totals'") != std::string::npos);
  CHECK((*of.node)->abandon_rebuild("x").error().code() == runtime_errc::unknown_projection);
  REQUIRE((*of.node)->shutdown());
  CHECK((*of.node)->rebuild_projection("totals").error().code() == runtime_errc::stopped);
}
