#include <tusker/persistence/journal_compaction.hpp>

#include <tusker/persistence/commit_log_file.hpp>
#include <tusker/persistence/folder_entrance.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/sample_journal.test.hpp>
#include <tusker/persistence/verify_child.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <fstream>
#include <iterator>
#include <optional>

namespace tusker {

using namespace sample;
using tusker_test::temporary_folder;

namespace {

auto bytes_of(const std::filesystem::path& file) -> std::string {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

TEST_CASE("a compacted journal shows what it showed, is smaller, sound, and goes on") {
  temporary_folder folder;
  make_filled(folder.path());
  {
    // Snapshots that are replaced leave free pages behind.
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    for (int round = 0; round < 20; ++round) {
      auto item = item_for(*journal, "order-2", {});
      item.snapshot =
          stored_snapshot{stream_version(1), time_at(2), {"State", schema_version(1), noise(60'000)}};
      record(*journal, {item});
    }
  }
  auto before = shown_in(folder.path());
  auto report = must(compact_journal(folder.path()));
  CHECK(report.bytes_after < report.bytes_before);
  CHECK(report.bytes_after == std::filesystem::file_size(folder.path() / "data.mdb"));
  CHECK(shown_in(folder.path()) == before);
  auto verified = must(verify_in_child({folder.path()}));
  CHECK(verified.is_clean());
  CHECK(verified.free_pages < 10);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "compacted.partial"));
  auto journal = must(open_lmdb_journal(options_in(folder.path())));
  CHECK(append_one(*journal, as_command(item_for(*journal, "order-1", events(1)), 1)).index() !=
        append_verdict(appended{}).index());
  record(*journal, {item_for(*journal, "order-1", events(1))});
  CHECK(must(journal->head(log_id())) == report.head.next());
}

TEST_CASE("what truncated and closed streams said is gone from the file when it was compacted") {
  temporary_folder folder;
  {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    record(*journal,
           {item_for(*journal, "order-1",
                     {event_of("Told", R"({"a":"cut secret"})"), event_of("Told", R"({"a":"kept word"})")}),
            item_for(*journal, "order-2", {event_of("Told", R"({"a":"closed secret"})")})});
    auto cut = item_for(*journal, "order-1", {});
    cut.retention = truncate_events{stream_version(2)};
    auto closed = item_for(*journal, "order-2", {});
    closed.retention = tombstone_stream{};
    record(*journal, {cut, closed});
  }
  auto has = [&](std::string_view text) {
    return bytes_of(folder.path() / "data.mdb").find(text) != std::string::npos;
  };
  CHECK(has("cut secret"));
  CHECK(has("closed secret"));
  CHECK(must(compact_journal(folder.path())).events_emptied == 2);
  CHECK_FALSE(has("cut secret"));
  CHECK_FALSE(has("closed secret"));
  CHECK(has("kept word"));
  CHECK(must(verify_in_child({folder.path()})).is_clean());
  CHECK(must(compact_journal(folder.path())).events_emptied == 0);
}

TEST_CASE("a journal that somebody has open, to write or to read, is not compacted") {
  temporary_folder folder;
  make_filled(folder.path());
  auto data = bytes_of(folder.path() / "data.mdb");
  auto mode = GENERATE(open_mode::open_existing, open_mode::read_only);
  tusker_test::signal_pipe opened;
  tusker_test::signal_pipe done;
  tusker_test::child other([&] {
    auto journal = must(open_lmdb_journal(options_in(folder.path(), mode)));
    opened.send();
    done.receive();
    return 0;
  });
  opened.receive();
  auto refused = compact_journal(folder.path());
  done.send();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == journal_errc::locked);
  CHECK(other.exit_code() == 0);
  CHECK(bytes_of(folder.path() / "data.mdb") == data);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "compacted.partial"));
  CHECK(compact_journal(folder.path()));
}

TEST_CASE("who opens a journal while its data are exchanged waits, and sees the new ones") {
  temporary_folder folder;
  make_filled(folder.path() / "journal", 9);
  make_filled(folder.path() / "other", 5);
  auto expected = static_cast<int>(shown_in(folder.path() / "other").log.size());
  auto shut = std::optional(must(folder_entrance::shut(folder.path() / "journal")));
  CHECK(folder_entrance::shut(folder.path() / "journal").error().code() == journal_errc::locked);
  tusker_test::signal_pipe begun;
  tusker_test::child reader([&] {
    shut.reset(); // The lock is the parent's as well.
    begun.send();
    return static_cast<int>(shown_in(folder.path() / "journal").log.size());
  });
  begun.receive();
  // A commit log is brought to LMDB before the data are exchanged, and the new ones have none.
  for (const auto& name : {"journal", "other"})
    for (auto number : must(commit_log_numbers(folder.path() / name)))
      std::filesystem::remove(folder.path() / name / ("log." + std::to_string(number)));
  for (const auto* file : {"data.mdb", "identity"})
    std::filesystem::rename(folder.path() / "other" / file, folder.path() / "journal" / file);
  shut.reset();
  CHECK(reader.exit_code() == expected);
}

} // namespace tusker
