#include <tusker/persistence/read_store_check.hpp>

#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/memory_read_store.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

namespace tusker {

namespace {

using sample::must;

auto followed_by(const journal& of) -> std::unique_ptr<read_store> {
  read_store_options options;
  options.journal = must(of.info()).id;
  return must(open_memory_read_store(options));
}

void project(read_store& store, model_number model, std::uint64_t to) {
  auto step = read_commit{"p", model, log_id(0), epoch(0), log_offset(0), log_offset(to)};
  REQUIRE(must(store.commit(step)) == commit_verdict(read_committed()));
}

} // namespace

TEST_CASE("models whose offsets are beyond the journal's head are found, whether they serve or are built") {
  auto journal = must(open_memory_journal());
  sample::record(*journal, {sample::item_for(*journal, "order-1", sample::events(3))});
  auto store = followed_by(*journal);
  auto serving = must(store->add_projection("p", projection_version(1))).serving.number;
  auto building = must(store->begin_build("p", {projection_version(2)}));
  project(*store, serving, 3);
  CHECK(must(models_ahead_of(*journal, *store)).empty());
  project(*store, building, 4);
  CHECK(must(models_ahead_of(*journal, *store)) ==
        std::vector{model_ahead{"p", building, log_id(0), log_offset(4), log_offset(3)}});
}

TEST_CASE("a store of another journal is no store of this one") {
  auto journal = must(open_memory_journal());
  auto other = must(open_memory_journal());
  auto store = followed_by(*other);
  auto checked = models_ahead_of(*journal, *store);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().code() == read_store_errc::other_journal);
}

} // namespace tusker
