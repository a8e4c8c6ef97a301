#include <tusker/persistence/journal_census.hpp>

#include <tusker/persistence/sample_journal.test.hpp>
#include <tusker/persistence/verify_child.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <numeric>

namespace tusker {

using namespace sample;

TEST_CASE("a census counts tables and pages as a verification does, and events by type and category") {
  tusker_test::temporary_folder folder;
  make_filled(folder.path());
  auto verified = must(verify_in_child({folder.path()}));
  log_offset told;
  auto census = must(take_census(folder.path(), [&](log_offset at, log_offset) { told = at; }));
  CHECK(told == census.head);
  CHECK(census.head == verified.head);
  CHECK(census.free_pages == verified.free_pages);
  for (const auto& table : verified.tables) {
    auto same = [&](const auto& counted) { return counted.name == table.name; };
    auto counted = std::find_if(census.tables.begin(), census.tables.end(), same);
    REQUIRE(counted != census.tables.end());
    CHECK(counted->entries == table.entries);
    CHECK(counted->pages == table.pages);
  }
  CHECK(census.types.at("Large").events == 3);
  CHECK(census.types.at("Stepped").events == 92);
  CHECK(census.categories.size() == 1);
  CHECK(census.categories.at("order").events == census.head.value());
  CHECK(census.gone.events == census.head.value() - shown_in(folder.path()).log.size());
  CHECK(census.first == time_at(0));
  CHECK(census.last == time_at(30));
  CHECK(census.file_bytes == census.pages * census.page_bytes);
}

TEST_CASE("the census of an empty journal has no times and no kinds") {
  tusker_test::temporary_folder folder;
  must(open_lmdb_journal(options_in(folder.path()))).reset();
  auto census = must(take_census(folder.path()));
  CHECK(census.head == before_all_events);
  CHECK(census.types.empty());
  CHECK_FALSE(census.first);
}

} // namespace tusker
