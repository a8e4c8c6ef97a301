#include "read_store_steps.hpp"

#include <tusker/model/ordered_key.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <atomic>
#include <thread>

// Reads: views, tokens and limits of slices.

namespace tusker::contract {

namespace {

using sample::must;

auto numbered_key(std::uint64_t number) -> std::string {
  return std::move(ordered_key().natural(number)).take();
}

/// So many rows, each in the index of its last digit.
auto numbered_rows(std::uint64_t count) -> std::vector<read_write> {
  std::vector<read_write> rows;
  for (std::uint64_t at = 0; at < count; ++at)
    rows.emplace_back(row(numbered_key(at), std::to_string(at), {{"digit", std::to_string(at % 10)}}));
  return rows;
}

} // namespace

TEST_CASE("a view sees what was committed before it and nothing that comes later") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto model = added(*store).serving.number;
  commit_all(*store, step_to(*store, 1, {row("1", "one", {{"by_city", "Rome"}})}));
  auto view = must(store->view(model));
  auto later = step_to(*store, 2, {row("1", "uno"), row("2", "due", {{"by_city", "Rome"}})});
  // By another thread: who holds a view does not write.
  std::thread([&] { commit_all(*store, later); }).join();
  CHECK(view->entry().offset_of(first_log) == log_offset(1));
  CHECK(must(view->get("order", "1")) == "one");
  CHECK(all_rows(*view, {"order"}) == std::vector{read_row{"1", "one", ""}});
  CHECK(all_rows(*view, {"order", "by_city"}) == std::vector{read_row{"1", "one", "Rome"}});
  CHECK(must(view->count({"order"})) == row_count{1});
  view.reset();
  CHECK(must(store->get(model, "order", "1")) == "uno");
  CHECK(must(store->scan(model, {"order", "by_city"})).rows == std::vector{read_row{"2", "due", "Rome"}});
}

TEST_CASE("a view outlives its model, whose number is not known to anybody who comes later") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto model = added(*store).serving.number;
  commit_all(*store, step_to(*store, 1, numbered_rows(20)));
  auto view = must(store->view(model));
  std::thread([&] {
    (void)must(store->begin_build(summary, {projection_version(2)}));
    REQUIRE(store->switch_model(summary, projection_of(*store).building->number));
    sweep_all(*store, 7);
  }).join();
  CHECK(all_rows(*view, {"order"}).size() == 20);
  view.reset();
  CHECK_FALSE(store->view(model));
}

TEST_CASE("a slice ends at its limits and says where to go on") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto model = added(*store).serving.number;
  commit_all(*store, step_to(*store, 1, {row("a", "1234"), row("b", "1234"), row("c", "1234")}));
  auto by = [&](row_limit limit) { return must(store->scan(model, {"order", {}, {}, {}, limit})); };
  CHECK(by({3, 15}).next.empty());
  CHECK(keys_of(by({3, 15}).rows) == std::vector<std::string>{"a", "b", "c"});
  CHECK(keys_of(by({2, 15}).rows) == std::vector<std::string>{"a", "b"});
  CHECK(keys_of(by({3, 14}).rows) == std::vector<std::string>{"a", "b"});
  CHECK(keys_of(by({0, 0}).rows) == std::vector<std::string>{"a"});
  CHECK_FALSE(by({2, 15}).next.empty());
}

TEST_CASE("a scan goes on behind a row that was removed meanwhile, and sees new rows before it") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto index = GENERATE(as<std::string>(), "", "by_key");
  auto model = added(*store).serving.number;
  auto put = [](const std::string& key) { return row(key, "", {{"by_key", key}}); };
  commit_all(*store, step_to(*store, 1, {put("b"), put("d"), put("f")}));
  auto direction = GENERATE(read_direction::forward, read_direction::backward);
  auto request = scan_request{"order", index, {}, direction, {2, 100}};
  auto first = must(store->scan(model, request));
  CHECK(first.rows.back().key == "d");
  commit_all(*store, step_to(*store, 2, {erase_row{"order", "d"}, put("a"), put("c"), put("e"), put("g")}));
  request.after = first.next;
  auto rest = keys_of(must(store->scan(model, request)).rows);
  CHECK(rest == (direction == read_direction::forward ? std::vector<std::string>{"e", "f"}
                                                      : std::vector<std::string>{"c", "b"}));
}

TEST_CASE("a token of another kind, or none at all, is refused") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto model = added(*store).serving.number;
  commit_all(*store, step_to(*store, 1, {row("1", "", {{"by_city", "Rome"}}), row("2", "")}));
  auto token = must(store->scan(model, {"order", {}, {}, {}, {1, 1}})).next;
  auto refused = [&](const scan_request& request) {
    auto slice = store->scan(model, request);
    return !slice && slice.error().code() == read_store_errc::invalid;
  };
  CHECK(refused({"order", "by_city", {}, {}, {}, token}));
  CHECK(refused({"order", {}, {}, {}, {}, "i" + token}));
  CHECK(refused({"order", {}, {}, {}, {}, "t" + std::string(key_bytes_max + 1, 'k')}));
  CHECK(refused({"order", "by_city", {}, {}, {}, "iRome"}));
  CHECK_FALSE(refused({"order", {}, {}, {}, {}, token}));
}

TEST_CASE(
    "a table without rows is empty by every index, one with rows is read by the indexes that they are in") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto direction = GENERATE(read_direction::forward, read_direction::backward);
  auto model = added(*store).serving.number;
  auto by = [&](const std::string& index) {
    auto slice = store->scan(model, {"order", index, {}, direction});
    auto count = store->count(model, {"order", index});
    REQUIRE(slice.has_value() == count.has_value());
    if (!slice) {
      CHECK(slice.error().code() == read_store_errc::unknown_index);
      CHECK(slice.error().message() == count.error().message());
      return std::optional<std::size_t>();
    }
    CHECK(slice->rows.size() == count->rows);
    return std::optional(slice->rows.size());
  };
  CHECK(by("by_city") == 0);
  commit_all(*store, step_to(*store, 1, {row("1", "")}));
  store.reopen();
  CHECK_FALSE(by("by_city"));
  CHECK(by("") == 1);
  commit_all(*store, step_to(*store, 2, {row("2", "", {{"by_city", "Rome"}})}));
  CHECK(by("by_city") == 1);
  CHECK_FALSE(by("by_day"));
  commit_all(*store, step_to(*store, 3, {erase_row{"order", "2"}}));
  CHECK(by("by_city") == 0);
  commit_all(*store, step_to(*store, 4, {erase_row{"order", "1"}}));
  CHECK(by("by_day") == 0);
  commit_all(*store, step_to(*store, 5, {clear_table{"order"}, row("3", "")}));
  CHECK_FALSE(by("by_city"));
}

TEST_CASE("an index that rows lack is refused with its name, its table's, and those that there are") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto model = added(*store).serving.number;
  commit_all(*store, step_to(*store, 1, {row("1", "", {{"by_customer", "c"}, {"by_city", "Rome"}})}));
  auto slice = store->scan(model, {"order", "by_custmer"});
  REQUIRE_FALSE(slice);
  auto message = slice.error().message();
  CHECK(message.find("no row of table 'order' is in index 'by_custmer'; did you mean 'by_customer'?") == 0);
  CHECK(message.find("by_city") != std::string::npos);
  CHECK(message.find("rebuild the projection, or raise its version") != std::string::npos);
}

TEST_CASE("a count of a part ends where it is told to, that of a table is known") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto model = added(*store).serving.number;
  commit_all(*store, step_to(*store, 1, numbered_rows(100)));
  CHECK(must(store->count(model, {"order", {}, {}, 3})) == row_count{100});
  CHECK(must(store->count(model, {"order", "digit", key_range::of_key("7")})) == row_count{10});
  CHECK(must(store->count(model, {"order", "digit", key_range::of_key("7"), 10})) == row_count{10});
  CHECK(must(store->count(model, {"order", "digit", key_range::of_key("7"), 9})) ==
        row_count{9, count_kind::at_least});
  CHECK(must(store->count(model, {"order", {}, {numbered_key(10), numbered_key(40)}})) == row_count{30});
  CHECK(must(store->count(model, {"nothing"})) == row_count{});
}

TEST_CASE("scans in slices under concurrent commits give rows in order, none twice, none torn") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto direction = GENERATE(read_direction::forward, read_direction::backward);
  auto index = GENERATE(as<std::string>(), "", "digit");
  auto model = added(*store).serving.number;
  commit_all(*store, step_to(*store, 1, numbered_rows(60)));
  std::atomic<bool> has_ended = false;
  std::thread writer([&] {
    // Rows of odd numbers come and go; the others stay.
    for (std::uint64_t offset = 2; offset < 80; ++offset) {
      std::vector<read_write> writes;
      for (std::uint64_t at = 1; at < 60; at += 2) {
        if (offset % 2 == 0)
          writes.emplace_back(erase_row{"order", numbered_key(at)});
        else
          writes.emplace_back(
              row(numbered_key(at), std::to_string(at), {{"digit", std::to_string(at % 10)}}));
      }
      commit_all(*store, step_to(*store, offset, writes));
    }
    has_ended = true;
  });
  do {
    auto request = scan_request{"order", index, {}, direction, {7, 1U << 20U}};
    std::vector<read_row> met;
    do {
      auto slice = must(store->scan(model, request));
      met.insert(met.end(), slice.rows.begin(), slice.rows.end());
      request.after = slice.next;
    } while (!request.after.empty());
    auto before = [&](const read_row& one, const read_row& other) {
      auto is_less = std::tie(one.index_key, one.key) < std::tie(other.index_key, other.key);
      return is_less == (direction == read_direction::forward) && one.key != other.key;
    };
    auto is_wrong = [&](const read_row& one, const read_row& other) { return !before(one, other); };
    REQUIRE(std::adjacent_find(met.begin(), met.end(), is_wrong) == met.end());
    auto evens = std::count_if(met.begin(), met.end(),
                               [](const read_row& found) { return std::stoul(found.value) % 2 == 0; });
    REQUIRE(evens == 30);
  } while (!has_ended);
  writer.join();
}

} // namespace tusker::contract
