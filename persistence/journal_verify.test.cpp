#include <tusker/persistence/journal_verify.hpp>

#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/lmdb_streams.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker/persistence/stored_codec.hpp>
#include <tusker/persistence/verify_child.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/lmdb_tampering.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <fstream>

// Single faults, made through LMDB in tables whose pages stay sound: what only the checks of the content can find.
// Damaged pages are in tests/corruption.

namespace tusker {

using namespace sample;
using tusker_test::temporary_folder;

namespace {

/// Compared with, so that a failure shows what there was instead.
const std::vector<verify_fault> no_faults;

auto options_in(const std::filesystem::path& folder) -> journal_options {
  journal_options options;
  options.directory = folder;
  return options;
}

/// Puts one of everything into a journal.
void fill(journal& into) {
  for (std::uint64_t at = 1; at <= 40; ++at) {
    auto item =
        as_command(item_for(into, "order-" + std::to_string(at % 7), events(3, std::to_string(at))), at);
    if (at % 5 == 0)
      item.timers = {timer_at(item, 60, at)};
    if (at % 4 == 0)
      item.outbox = {outbox_numbered(at)};
    if (at % 3 == 0)
      item.notes = {note_under("n" + std::to_string(at)), note_under(std::string(note_key_bytes_max, 'k'))};
    if (at % 10 == 0)
      item.events.push_back(event_of("Large", at % 20 == 0 ? noise(9'000) : std::string(9'000, 'x')));
    if (at % 9 == 0)
      item.snapshot = stored_snapshot{stream_version(1), time_at(2), {"State", schema_version(1), "{}"}};
    record(into, {item});
  }
  record(into, {as_rejection(as_command(item_for(into, "payment-1", {}), 1'000), "Refused")});
  auto cut = item_for(into, "order-3", {});
  cut.retention = truncate_events{stream_version(4)};
  auto closed = item_for(into, "order-4", {});
  closed.retention = tombstone_stream{};
  record(into, {cut, closed, item_for(into, "order-" + std::string(600, 'l'), events(2))});
  auto claims = std::vector<shard_claim>{{shard_id(3), epoch(0)}};
  REQUIRE(into.claim(claims, "anna"));
}

auto report_of(const std::filesystem::path& folder) -> verify_report {
  return must(verify_in_child({folder}));
}

} // namespace

TEST_CASE("a sound journal is clean, and the report counts what is in it") {
  temporary_folder folder;
  {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    CHECK(report_of(folder.path()).is_clean()); // empty, and open in this very process
    fill(*journal);
    auto report = report_of(folder.path());
    CHECK(report.faults == no_faults);
  }
  auto report = report_of(folder.path());
  CHECK(report.faults == no_faults);
  CHECK(report.head == log_offset(126));
  auto events = std::find_if(report.tables.begin(), report.tables.end(),
                             [](const auto& table) { return table.name == "ev"; });
  REQUIRE(events != report.tables.end());
  CHECK(events->entries == 126);
  CHECK(events->pages > 8);
  CHECK(report.lost_pages == 0);
}

TEST_CASE("a truncation that hides events which are still to come is a fault") {
  temporary_folder folder;
  {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    fill(*journal);
  }
  auto hide = [&](std::uint64_t before) {
    tamper(folder.path(), "smeta", [&](const auto& transaction, MDB_dbi dbi) {
      auto [key, value] = last_entry(transaction, dbi);
      auto entry = decode_stream_entry(unframe(key, value).value_or(std::string_view()));
      REQUIRE(entry);
      entry->truncated_before = stream_version(before);
      REQUIRE(lmdb_put(transaction, dbi, key, frame(key, encode_stream_entry(*entry))));
    });
    return report_of(folder.path());
  };
  CHECK(hide(3).faults == no_faults);
  auto report = hide(4);
  REQUIRE(report.faults.size() == 1);
  CHECK(report.faults[0].table == "smeta");
  CHECK(report.faults[0].what == "it is truncated before version 4, and its last event is version 2");
}

TEST_CASE("an entry that was changed, lost or added in any table is a fault that names the table") {
  temporary_folder folder;
  {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    fill(*journal);
  }
  auto table = GENERATE(as<std::string>(), "sys", "ev", "st", "sname", "smeta", "name", "cmd", "snap",
                        "timer", "outbox", "shard", "note");
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
    // Nothing says how many of these there were.
    auto may_lose = table == "cmd" || table == "snap" || table == "timer" || table == "outbox" ||
                    table == "shard" || table == "note";
    CHECK(report_of(folder.path()).is_clean() == may_lose);
  }
}

TEST_CASE("a note that is whole but lies where its owner's notes do not is a fault") {
  temporary_folder folder;
  {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    record(*journal, {item_for(*journal, "order-1", events(1))});
  }
  auto owner = stream_named("order-1");
  auto shard = shard_of(owner, shard_count(64));
  auto put = [&](const std::string& key) {
    tamper(folder.path(), "note", [&](const auto& transaction, MDB_dbi dbi) {
      REQUIRE(lmdb_put(transaction, dbi, key,
                       frame(key, encode_note(owner, {"Noted", schema_version(1), "{}"}))));
    });
    return report_of(folder.path());
  };
  CHECK(put(note_table_key(shard, owner, "a")).is_clean());
  auto is_fault = [&](const std::string& key, std::string_view what) {
    auto report = put(key);
    tamper(folder.path(), "note",
           [&](const auto& transaction, MDB_dbi dbi) { REQUIRE(lmdb_erase(transaction, dbi, key)); });
    REQUIRE(report.faults.size() == 1);
    CHECK(report.faults[0].table == "note");
    CHECK(report.faults[0].what == what);
  };
  auto other = shard_id(static_cast<std::uint16_t>((shard.value() + 1) % 64));
  is_fault(note_table_key(other, owner, "a"), "its owner 'order-1' is in another shard");
  is_fault(note_table_key(shard, stream_named("order-2"), "a"),
           "it is not under the key of its owner 'order-1'");
  is_fault(note_table_key(shard, owner, ""), "it is no key of this table");
  is_fault(note_table_key(shard, owner, std::string(note_key_bytes_max + 1, 'k')),
           "it is no key of this table");
  is_fault(note_table_key(shard_id(64), owner, "a"), "it is in shard 64, which does not exist");
  CHECK(report_of(folder.path()).is_clean());
}

TEST_CASE("a table that a journal may be too old to have is no fault when it is missing, any other is") {
  temporary_folder folder;
  {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    fill(*journal);
  }
  auto drop = [](const auto& transaction, MDB_dbi dbi) {
    REQUIRE(mdb_drop(transaction.get(), dbi, 1) == MDB_SUCCESS);
  };
  tamper(folder.path(), "note", drop);
  CHECK(report_of(folder.path()).faults == no_faults);
  tamper(folder.path(), "outbox", drop);
  CHECK(has_fault_in(report_of(folder.path()), "outbox"));
}

TEST_CASE("an index entry that points to another event is found, and so is the event that lost it") {
  temporary_folder folder;
  {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    fill(*journal);
  }
  tamper(folder.path(), "st", [](const auto& transaction, MDB_dbi dbi) {
    auto cursor = must(lmdb_cursor::open(transaction, dbi));
    REQUIRE(must(cursor.move(MDB_FIRST)));
    auto value = std::string(cursor.value());
    auto key = last_entry(transaction, dbi).first;
    REQUIRE(lmdb_put(transaction, dbi, key, value));
  });
  auto report = report_of(folder.path());
  CHECK(has_fault_in(report, "st"));
  CHECK(has_fault_in(report, "ev"));
}

TEST_CASE("faults beyond the limit are counted") {
  temporary_folder folder;
  {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    fill(*journal);
  }
  tamper(folder.path(), "ev", [](const auto& transaction, MDB_dbi dbi) {
    REQUIRE(mdb_drop(transaction.get(), dbi, 0) == MDB_SUCCESS);
  });
  auto report = must(verify_in_child({folder.path(), 3}));
  CHECK(report.faults.size() == 3);
  CHECK(report.faults_more > 100);
}

TEST_CASE("where nothing is there is nothing to verify, and where a journal was its loss is a fault") {
  temporary_folder folder;
  CHECK(verify_in_child({folder.path()}).error().code() == journal_errc::not_found);
  CHECK(verify_in_child({folder.path() / "no"}).error().code() == journal_errc::not_found);
  { std::ofstream(folder.path() / "data.mdb") << std::string(20'000, 'x'); }
  CHECK(verify_in_child({folder.path()}).error().code() == journal_errc::unsupported_format);
  std::filesystem::remove(folder.path() / "data.mdb");
  REQUIRE(open_lmdb_journal(options_in(folder.path())));
  CHECK(report_of(folder.path()).is_clean());
  { std::ofstream(folder.path() / "data.mdb") << std::string(20'000, 'x'); }
  CHECK(has_fault_in(report_of(folder.path()), "data.mdb"));
  std::filesystem::resize_file(folder.path() / "data.mdb", 0);
  CHECK(has_fault_in(report_of(folder.path()), "data.mdb"));
  std::filesystem::remove(folder.path() / "data.mdb");
  CHECK(has_fault_in(report_of(folder.path()), "data.mdb"));
}

} // namespace tusker
