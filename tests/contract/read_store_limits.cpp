#include "read_store_steps.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

namespace tusker::contract {

namespace {

using sample::must;

/// The code's name and the sentence of what a commit is refused with; empty when it is taken.
auto refusal_of(read_store& store, std::vector<read_write> writes) -> std::string {
  auto made = store.commit(step_to(store, 1, std::move(writes)));
  return made ? "" : to_string(made.error());
}

auto says(const std::string& refusal, std::initializer_list<std::string_view> parts) -> bool {
  for (auto part : parts)
    if (refusal.find(part) == std::string::npos)
      return false;
  return true;
}

} // namespace

TEST_CASE("keys are taken up to their limit, in rows and in indexes, and are found") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto model = added(*store).serving.number;
  auto longest = std::string(key_bytes_max, '\xFF');
  auto half = std::string(key_bytes_max / 2, 'r');
  auto index_half = std::string(key_bytes_max / 2 - 2, 'i');
  auto zeros = std::string(key_bytes_max / 2 - 1, '\0');
  commit_all(*store, step_to(*store, 1,
                             {row(longest, "l"), row(half, "h", {{"by", index_half}}),
                              row("", "z", {{"by", zeros}})}));
  store.reopen();
  CHECK(must(store->get(model, "order", longest)) == "l");
  CHECK(must(store->scan(model, {"order", "by", key_range::of_key(index_half)})).rows ==
        std::vector{read_row{half, "h", index_half}});
  CHECK(must(store->scan(model, {"order", "by", key_range::of_key(zeros)})).rows ==
        std::vector{read_row{"", "z", zeros}});
  CHECK(all_rows(*must(store->view(model)), {"order"}, 1).size() == 3);
  CHECK(all_rows(*must(store->view(model)), {"order", "by"}, 1).size() == 2);
  // What is longer than any key is not there, and parts keys as it should.
  CHECK_FALSE(must(store->get(model, "order", longest + "\xFF")));
  CHECK(must(store->scan(model, {"order", {}, {longest + "\xFF", {}}})).rows.empty());
  CHECK(must(store->scan(model, {"order", {}, {"s", longest + "\xFF"}})).rows.size() == 1);
}

TEST_CASE("what is past a limit is refused with the table's name and the limit's") {
  auto options = read_store_options();
  options.limits = {100, 3, 250};
  auto store = read_store_under_test(GENERATE(from_range(read_engines())), options);
  added(*store);
  auto key = std::string(key_bytes_max + 1, 'k');
  auto index_key = std::string(key_bytes_max - 2, 'i');
  CHECK(says(refusal_of(*store, {row(key, "")}), {"too_large", "'order'", "501", "key_bytes_max is 500"}));
  CHECK(says(refusal_of(*store, {erase_row{"order", key}}), {"too_large", "'order'", "key_bytes_max"}));
  CHECK(says(refusal_of(*store, {row("1", "", {{"by_city", index_key}})}),
             {"too_large", "'order'", "'by_city'", "501", "key_bytes_max is 500"}));
  CHECK(says(refusal_of(*store, {row("1", std::string(101, 'v'))}),
             {"too_large", "'order'", "101", "value_bytes_max is 100"}));
  CHECK(says(refusal_of(*store, {row("1", ""), row("2", ""), row("3", ""), row("4", "", {}, "new")}),
             {"too_large", "'new'", "commit_entries_max is 3"}));
  auto large = std::string(83, 'v');
  CHECK(says(refusal_of(*store, {row("1", large), row("2", large), row("3", large)}),
             {"too_large", "'order'", "252", "commit_bytes_max is 250"}));
  CHECK(says(refusal_of(*store, {row("1", ""), row("2", "", {{"by", "a"}, {"by", "b"}})}),
             {"too_large", "'order'", "commit_entries_max is 3"}));
  CHECK(refusal_of(*store, {row("1", "", {{"by", "a"}}), row("2", std::string(100, 'v'))}).empty());
}

TEST_CASE("the index entries of a row have a limit, and equal ones are one") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto model = added(*store).serving.number;
  auto entries = std::vector<index_entry>(row_indexes_max + 1, {"by", "k"});
  CHECK(says(refusal_of(*store, {row("1", "", entries)}), {"too_large", "'order'", "row_indexes_max is 64"}));
  entries.pop_back();
  CHECK(refusal_of(*store, {row("1", "", entries)}).empty());
  CHECK(must(store->count(model, {"order", "by"})) == row_count{1});
}

TEST_CASE("names are checked") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  added(*store);
  auto longest = std::string(table_name_bytes_max, 't');
  CHECK(refusal_of(*store, {row("1", "", {{longest, "k"}}, longest)}).empty());
  CHECK(says(refusal_of(*store, {row("1", "", {}, "")}), {"invalid", "a table has no name"}));
  CHECK(says(refusal_of(*store, {row("1", "", {{"", ""}})}), {"invalid", "an index has no name"}));
  CHECK(says(refusal_of(*store, {row("1", "", {}, longest + "t")}), {"too_large", "100"}));
  CHECK(says(refusal_of(*store, {clear_table{"a\nb"}}), {"invalid", "control character"}));
  for (const auto& wrong : {std::string(), std::string("a\0b", 3), std::string(201, 'p')})
    CHECK_FALSE(store->add_projection(wrong, projection_version(1)));
  CHECK(store->add_projection(std::string(projection_name_bytes_max, 'p'), projection_version(1)));
  CHECK_FALSE(must(store->find_projection(std::string(201, 'p'))));
  CHECK_FALSE(must(store->find_projection("")));
}

TEST_CASE("a commit that goes back is invalid") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  added(*store);
  commit_all(*store, step_to(*store, 4));
  CHECK(says(refusal_of(*store, {}), {"invalid", "from offset 4 to 1"}));
}

TEST_CASE("tables of a model and indexes of a table have a limit, and nothing of such a commit is made") {
  auto store = read_store_under_test(GENERATE(from_range(read_engines())));
  auto model = added(*store).serving.number;
  std::vector<read_write> writes;
  for (std::size_t at = 0; at < model_tables_max; ++at)
    writes.emplace_back(row("1", "", {}, "t" + std::to_string(at)));
  auto one_more = writes;
  one_more.emplace_back(row("1", "", {}, "last"));
  CHECK(says(refusal_of(*store, one_more), {"too_large", "'last'", "model_tables_max is 256"}));
  CHECK(whole_model(*store, model).empty());
  CHECK(refusal_of(*store, writes).empty());
  std::vector<read_write> indexed;
  for (std::size_t at = 0; at <= table_indexes_max; ++at)
    indexed.emplace_back(row("1", "", {{"i" + std::to_string(at), ""}}, "t0"));
  auto made = store->commit(step_to(*store, 2, indexed));
  REQUIRE_FALSE(made);
  CHECK(says(to_string(made.error()), {"too_large", "'t0'", "table_indexes_max is 64"}));
  indexed.insert(indexed.begin() + 30, clear_table{"t0"});
  commit_all(*store, step_to(*store, 2, indexed));
  CHECK(must(store->count(model, {"t0", "i64"})) == row_count{1});
  CHECK(must(store->count(model, {"t0", "i63"})) == row_count{0});
}

} // namespace tusker::contract
