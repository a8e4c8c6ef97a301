#include "read_store_checks.hpp"
#include "read_store_steps.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <atomic>
#include <thread>

// Commits, claims, and what a store knows of its projections.

namespace tusker::contract {

using sample::must;
using sample::time_at;

TEST_CASE("a commit that is refused changes nothing") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  CHECK(faults_of_refused_commits(*store) == no_faults);
}

TEST_CASE("rows, indexes, counts and digests are those of a map after any puts, erases and clears") {
  auto engine = GENERATE(from_range(read_engines()));
  auto seed = GENERATE(range(1U, 7U));
  auto store = read_store_under_test(engine);
  CHECK(faults_of_random_writes(*store, seed) == no_faults);
}

TEST_CASE("a projection that is added serves an empty model, and is added once") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  CHECK(must(store->projections()).empty());
  CHECK_FALSE(must(store->find_projection(summary)));
  auto made = added(*store);
  CHECK(made.name == summary);
  CHECK(made.serving.version == projection_version(1));
  CHECK(made.serving.offset_of(first_log) == before_all_events);
  CHECK_FALSE(made.building);
  CHECK(made.mode == projection_mode::running);
  CHECK(must(store->add_projection(summary, projection_version(2))) == made);
  auto other = added(*store, "another");
  CHECK(other.serving.number != made.serving.number);
  store.reopen();
  CHECK(must(store->projections()) == std::vector{other, made});
  CHECK(must(store->view(summary))->entry() == made.serving);
}

TEST_CASE("a commit moves the offset of its log alone, and the time of the model") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  added(*store);
  commit_all(*store, step_to(*store, 7, {row("1", "one")}));
  auto elsewhere = step_to(*store, 3);
  elsewhere.log = log_id(2);
  elsewhere.from = before_all_events;
  elsewhere.time = time_at(2);
  commit_all(*store, elsewhere);
  auto standing_still = step_to(*store, 7, {row("2", "two")});
  commit_all(*store, standing_still);
  store.reopen();
  auto entry = projection_of(*store).serving;
  CHECK(entry.offsets ==
        std::map<log_id, log_offset>{{log_id(0), log_offset(7)}, {log_id(2), log_offset(3)}});
  CHECK(entry.progressed == time_at(7));
  CHECK(whole_model(*store, entry.number) == table_rows{{"order", {{"1", "one"}, {"2", "two"}}}});
}

TEST_CASE("of two who claim a log for a projection at one epoch one gets it, and fences the other") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  added(*store);
  added(*store, "another");
  auto early = step_to(*store, 1);
  CHECK(must(store->claim(summary, first_log, epoch(0))) == claim_verdict(log_claimed{epoch(1)}));
  CHECK(must(store->claim(summary, first_log, epoch(0))) == claim_verdict(fenced{epoch(1)}));
  CHECK(must(store->claim(summary, first_log, epoch(4))) == claim_verdict(fenced{epoch(1)}));
  CHECK(must(store->commit(early)) == commit_verdict(fenced{epoch(1)}));
  store.reopen();
  CHECK(must(store->claim(summary, first_log, epoch(1))) == claim_verdict(log_claimed{epoch(2)}));
  CHECK(projection_of(*store).epoch_of(first_log) == epoch(2));
  CHECK(projection_of(*store).epoch_of(log_id(1)) == epoch(0));
  CHECK(projection_of(*store, "another").epoch_of(first_log) == epoch(0));
  commit_all(*store, step_to(*store, 1));
}

TEST_CASE(
    "projections commit from threads of their own, and each log is claimed by one of those who want it") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  constexpr std::uint64_t steps = 25;
  const std::vector<std::string> names{"a", "b", "c"};
  for (const auto& name : names)
    added(*store, name);
  std::atomic<int> claimed = 0;
  std::vector<std::thread> threads;
  threads.reserve(names.size());
  for (const auto& name : names) {
    threads.emplace_back([&store, &claimed, &names, name] {
      if (must(store->claim(names.front(), log_id(1), epoch(0))) == claim_verdict(log_claimed{epoch(1)}))
        ++claimed;
      auto model = projection_of(*store, name).serving.number;
      for (std::uint64_t at = 0; at < steps; ++at) {
        auto step = read_commit{name, model, first_log, epoch(0), log_offset(at), log_offset(at + 1)};
        step.writes.emplace_back(row(std::to_string(at), name, {{"by_name", name}}));
        commit_all(*store, step);
      }
    });
  }
  for (auto& thread : threads)
    thread.join();
  CHECK(claimed == 1);
  CHECK(projection_of(*store, "a").epoch_of(log_id(1)) == epoch(1));
  for (const auto& name : names) {
    auto entry = projection_of(*store, name).serving;
    CHECK(entry.offset_of(first_log) == log_offset(steps));
    CHECK(must(store->count(entry.number, {"order", "by_name", key_range::of_key(name)})) ==
          row_count{steps});
  }
}

TEST_CASE("an operator's wish and the last error are kept until they are taken back") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto made = added(*store);
  REQUIRE(store->set_mode(summary, projection_mode::paused));
  REQUIRE(store->set_last_error(summary, "a handler threw"));
  store.reopen();
  CHECK(projection_of(*store).mode == projection_mode::paused);
  CHECK(projection_of(*store).last_error == "a handler threw");
  REQUIRE(store->set_last_error(summary, std::string(5'000, 'e')));
  CHECK(projection_of(*store).last_error == std::string(read_store::last_error_bytes_max, 'e'));
  REQUIRE(store->set_mode(summary, projection_mode::running));
  REQUIRE(store->set_last_error(summary, ""));
  CHECK(projection_of(*store) == made);
}

TEST_CASE("what is asked of a projection that is not there is refused with its name") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto expect = [](const auto& outcome) {
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code() == read_store_errc::unknown_projection);
    CHECK(outcome.error().message().find("'nobody'") != std::string::npos);
  };
  expect(store->claim("nobody", first_log, epoch(0)));
  expect(store->begin_build("nobody", {projection_version(1)}));
  expect(store->switch_model("nobody", model_number(1)));
  expect(store->abandon_build("nobody"));
  expect(store->set_mode("nobody", projection_mode::paused));
  expect(store->set_last_error("nobody", "why"));
  expect(store->view("nobody"));
  CHECK(store->drop_projection("nobody"));
  auto unseen = store->view(model_number(1));
  REQUIRE_FALSE(unseen);
  CHECK(unseen.error().code() == read_store_errc::unknown_model);
}

TEST_CASE("a store says which journal it follows") {
  auto engine = GENERATE(from_range(read_engines()));
  auto store = read_store_under_test(engine);
  store.reopen();
  auto info = must(store->info());
  CHECK(info.engine == engine.name);
  CHECK(info.format_version == 1);
  CHECK(info.journal == followed_journal());
}

} // namespace tusker::contract
