#include <tusker/persistence/read_store_verify.hpp>

#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_read_store.hpp>
#include <tusker/persistence/read_store_codec.hpp>
#include <tusker_test/lmdb_tampering.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <fstream>

// Single faults, made through LMDB in tables whose pages stay sound: what only the checks of the content can find.
// Overwritten pages are in tests/corruption.

namespace tusker {

namespace {

using namespace sample;
using tusker_test::temporary_folder;

/// Compared with, so that a failure shows what there was instead.
const std::vector<verify_fault> no_faults;

auto open_in(const std::filesystem::path& folder) -> std::unique_ptr<read_store> {
  read_store_options options;
  options.directory = folder;
  options.journal = id_numbered(1, "journal");
  return must(open_lmdb_read_store(options));
}

void commit(read_store& store, std::vector<read_write> writes) {
  auto entry = must(store.find_projection("p")).value();
  auto from = entry.serving.offset_of(log_id(0));
  (void)must(store.commit(
      {"p", entry.serving.number, log_id(0), epoch(0), from, from.next(), std::move(writes), {}}));
}

/// Two projections, one of them being built anew, with rows, an index and a table that waits to be swept.
void fill(read_store& store) {
  (void)must(store.add_projection("p", projection_version(1)));
  (void)must(store.add_projection("q", projection_version(1)));
  (void)must(store.begin_build("q", {projection_version(2)}));
  for (auto number = 10; number < 60; ++number) {
    auto key = std::to_string(number);
    commit(store, {put_row{"t", key, "value " + key, {{"by", "k" + key}}}, put_row{"cleared", key, "v"}});
  }
  commit(store, {clear_table{"cleared"}, put_row{"large", "1", std::string(9'000, 'x')}});
}

auto report_of(const std::filesystem::path& folder) -> verify_report {
  return must(verify_read_store_in_child({folder}));
}

} // namespace

TEST_CASE("a sound read store is clean, closed and beside its writer, and so is one that is being swept") {
  temporary_folder folder;
  auto store = open_in(folder.path());
  CHECK(report_of(folder.path()).faults == no_faults); // empty, and open in this very process
  fill(*store);
  CHECK(report_of(folder.path()).faults == no_faults);
  CHECK(must(store->sweep(7)) == 7);
  CHECK(report_of(folder.path()).faults == no_faults);
  REQUIRE(store->switch_model("q", must(store->find_projection("q")).value().building->number));
  store.reset();
  auto report = report_of(folder.path());
  CHECK(report.faults == no_faults);
  CHECK(report.id == id_numbered(1, "journal"));
  CHECK(report.format_version == 1);
  CHECK(report.tables.size() == 8);
}

TEST_CASE("an entry that was changed, moved or lost in any table of a read store is a fault") {
  temporary_folder folder;
  fill(*open_in(folder.path()));
  auto table = GENERATE(as<std::string>(), "sys", "proj", "model", "offset", "table", "row", "idx", "gone");
  SECTION("changed") {
    change_last(folder.path(), table);
    CHECK(has_fault_in(report_of(folder.path()), table));
  }
  SECTION("under another's key") {
    move_last(folder.path(), table);
    CHECK_FALSE(report_of(folder.path()).is_clean());
  }
  SECTION("lost") {
    lose_last(folder.path(), table);
    // Nothing says of how many logs a model has an offset.
    CHECK(report_of(folder.path()).is_clean() == (table == "offset"));
  }
}

TEST_CASE("an index entry that no row names is found by the count, and a row of no table by its number") {
  temporary_folder folder;
  fill(*open_in(folder.path()));
  auto add = [&](const char* table, const auto& change) {
    tamper(folder.path(), table, [&](const auto& transaction, MDB_dbi dbi) {
      auto key = change(last_entry(transaction, dbi).first);
      auto body = std::string_view(table) == "row" ? encode_row({}, "value") : std::string();
      REQUIRE(lmdb_put(transaction, dbi, key, frame(key, body)));
    });
    return report_of(folder.path());
  };
  SECTION("an entry too many") {
    auto report = add("idx", [](const std::string& key) { return key + "z"; });
    REQUIRE(report.faults.size() == 1);
    CHECK(report.faults[0].table == "table");
    CHECK(report.faults[0].what == "it should have 50 index entries and has 51");
  }
  SECTION("a row too many") {
    auto report = add("row", [](const std::string& key) { return key + "z"; });
    REQUIRE(report.faults.size() == 1);
    CHECK(report.faults[0].what == "it should have 1 rows and has 2");
  }
  SECTION("a row of no table") {
    auto report = add("row", [](const std::string& key) { return std::string(8, '\x7f') + key; });
    REQUIRE(report.faults.size() == 1);
    CHECK(report.faults[0].table == "row");
  }
}

TEST_CASE("where no read store is there is nothing to verify, and what is no environment is damage") {
  temporary_folder folder;
  CHECK(verify_read_store_in_child({folder.path()}).error().code() == journal_errc::not_found);
  { std::ofstream(folder.path() / "data.mdb").flush(); }
  CHECK(verify_read_store_in_child({folder.path()}).error().code() == journal_errc::not_found);
  { std::ofstream(folder.path() / "data.mdb") << std::string(20'000, 'x'); }
  CHECK(has_fault_in(report_of(folder.path()), "data.mdb"));
}

} // namespace tusker
