#include "read_store_steps.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

// Blue and green: one model serves while the next is built.

namespace tusker::contract {

namespace {

using sample::must;

constexpr projection_version second{2};

auto many_rows(int count) -> std::vector<read_write> {
  std::vector<read_write> rows;
  rows.reserve(static_cast<std::size_t>(count));
  for (int at = 0; at < count; ++at)
    rows.emplace_back(row(std::to_string(at), "v", {{"by_value", "v"}}));
  return rows;
}

auto begin(read_store& store, build_start how = build_start::resume, projection_version version = second)
    -> model_number {
  return must(store.begin_build(summary, {version, how}));
}

} // namespace

TEST_CASE("the old model serves until the new one is switched to, and both are committed to meanwhile") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto old = added(*store).serving.number;
  commit_all(*store, step_to(*store, 5, {row("1", "old")}));
  auto built = begin(*store);
  CHECK(whole_model(*store, built).empty());
  commit_all(*store, in_model(*store, step_to(*store, 6, {row("1", "new")}), built));
  commit_all(*store, step_to(*store, 6, {row("2", "old")}));
  auto entry = projection_of(*store);
  CHECK(entry.serving.number == old);
  CHECK(entry.building.value().number == built);
  CHECK(entry.building.value().version == second);
  CHECK(must(must(store->view(summary))->get("order", "1")) == "old");
  REQUIRE(store->switch_model(summary, built));
  store.reopen();
  entry = projection_of(*store);
  CHECK(entry.serving.number == built);
  CHECK(entry.serving.version == second);
  CHECK(entry.serving.offset_of(first_log) == log_offset(6));
  CHECK_FALSE(entry.building);
  CHECK(must(must(store->view(summary))->get("order", "1")) == "new");
  CHECK_FALSE(store->view(old));
  auto late = in_model(*store, step_to(*store, 7), built);
  late.model = old;
  CHECK(must(store->commit(late)) == commit_verdict(model_gone()));
}

TEST_CASE("a build that a crash left is gone on with, or begun afresh") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  added(*store);
  auto left = begin(*store);
  commit_all(*store, in_model(*store, step_to(*store, 4, {row("1", "one")}), left));
  store.reopen();
  CHECK(begin(*store) == left);
  CHECK(whole_model(*store, left).size() == 1);
  auto other_version = begin(*store, build_start::resume, projection_version(3));
  CHECK(other_version > left);
  CHECK_FALSE(store->view(left));
  auto afresh = begin(*store, build_start::afresh, projection_version(3));
  CHECK(afresh > other_version);
  CHECK(projection_of(*store).building.value().offset_of(first_log) == before_all_events);
  CHECK(whole_model(*store, afresh).empty());
}

TEST_CASE("a build may begin behind an offset, and keeps where it is when it is gone on with") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  added(*store);
  auto plan = build_plan{second, build_start::afresh, {{first_log, log_offset(40)}}};
  auto built = must(store->begin_build(summary, plan));
  store.reopen();
  CHECK(projection_of(*store).building.value().offset_of(first_log) == log_offset(40));
  auto step = in_model(*store, step_to(*store, 41, {row("1", "one")}), built);
  CHECK(step.from == log_offset(40));
  commit_all(*store, step);
  plan.how = build_start::resume;
  CHECK(must(store->begin_build(summary, plan)) == built);
  CHECK(projection_of(*store).building.value().offset_of(first_log) == log_offset(41));
  plan.how = build_start::afresh;
  CHECK(must(store->begin_build(summary, plan)) > built);
  CHECK(projection_of(*store).building.value().offset_of(first_log) == log_offset(40));
  CHECK(projection_of(*store).serving.offset_of(first_log) == before_all_events);
}

TEST_CASE("a build is abandoned, and what is not being built is not switched to") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto made = added(*store);
  auto built = begin(*store);
  for (auto wrong : {made.serving.number, built.next(), model_number()}) {
    auto switched = store->switch_model(summary, wrong);
    REQUIRE_FALSE(switched);
    CHECK(switched.error().code() == read_store_errc::unknown_model);
  }
  REQUIRE(store->abandon_build(summary));
  REQUIRE(store->abandon_build(summary));
  CHECK_FALSE(store->switch_model(summary, built));
  CHECK_FALSE(store->switch_model(summary, model_number()));
  CHECK(projection_of(*store) == made);
  CHECK_FALSE(store->view(built));
}

TEST_CASE("a projection that is dropped and added again begins anew, under other numbers") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto old = added(*store).serving.number;
  auto other = added(*store, "another");
  (void)must(store->claim(summary, first_log, epoch(0)));
  commit_all(*store, step_to(*store, 5, many_rows(10)));
  auto built = begin(*store);
  REQUIRE(store->drop_projection(summary));
  CHECK(must(store->projections()) == std::vector{other});
  CHECK_FALSE(store->view(old));
  CHECK_FALSE(store->view(built));
  auto again = added(*store);
  CHECK(again.serving.number > built);
  CHECK(again.epochs.empty());
  CHECK(whole_model(*store, again.serving.number).empty());
}

TEST_CASE("what was dropped or cleared is swept in bounded steps, beside commits, and nothing else is") {
  auto engine = GENERATE(from_range(read_engines()));
  auto store = read_store_under_test(engine);
  added(*store);
  commit_all(*store, step_to(*store, 1, many_rows(40)));
  auto built = begin(*store);
  commit_all(*store, in_model(*store, step_to(*store, 1, many_rows(30)), built));
  REQUIRE(store->switch_model(summary, built));
  commit_all(*store, step_to(*store, 2, {clear_table{"order"}, row("1", "kept", {{"by_value", "v"}})}));
  auto wanted = table_rows{{"order", {{"1", "kept"}}}};
  CHECK(whole_model(*store, built) == wanted);
  CHECK(must(store->sweep(7)) <= 7);
  CHECK(whole_model(*store, built) == wanted);
  commit_all(*store, step_to(*store, 3));
  store.reopen();
  auto sweeps = sweep_all(*store, 7);
  // 40 and 30 rows, each with an index entry, less the first seven.
  CHECK(sweeps >= (engine.persists ? 19U : 0U));
  CHECK(whole_model(*store, built) == wanted);
  CHECK(must(store->count(built, {"order", "by_value"})) == row_count{1});
  CHECK(must(store->sweep(7)) == 0);
}

TEST_CASE("a rebuild of the same events has the same digest, whatever way it took") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto old = added(*store).serving.number;
  commit_all(*store,
             step_to(*store, 1, {row("a", "1"), row("b", "2", {{"x", "1"}}), row("c", "3", {}, "t")}));
  commit_all(*store, step_to(*store, 2, {erase_row{"order", "a"}, row("b", "4"), erase_row{"t", "c"}}));
  auto built = begin(*store);
  commit_all(*store, in_model(*store, step_to(*store, 2, {row("b", "4", {{"y", "2"}})}), built));
  auto digest = must(store->digest(old));
  CHECK(digest.size() == 32);
  CHECK(must(store->digest(built)) == digest);
  // Where a row ends and the next begins counts.
  commit_all(*store, in_model(*store, step_to(*store, 3, {erase_row{"order", "b"}, row("b4", "")}), built));
  CHECK(must(store->digest(built)) != digest);
  commit_all(*store,
             in_model(*store, step_to(*store, 4, {clear_table{"order"}, row("b", "4", {}, "t")}), built));
  CHECK(must(store->digest(built)) != digest);
}

} // namespace tusker::contract
