#include <tusker/persistence/journal_backup.hpp>

#include <tusker/config/read_store_options.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_read_store.hpp>
#include <tusker/persistence/read_store_errc.hpp>
#include <tusker/persistence/sample_journal.test.hpp>
#include <tusker/persistence/transfer_errc.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <atomic>
#include <fstream>
#include <memory>
#include <new>
#include <sys/mman.h>
#include <thread>

namespace tusker {

using namespace sample;
using tusker_test::temporary_folder;

namespace {

auto id_in(const std::filesystem::path& folder) -> uuid {
  return must(must(open_lmdb_journal(options_in(folder, open_mode::read_only)))->info()).id;
}

/// What a writer in another process and who watches it tell each other.
struct writer_state {
  std::atomic<bool> is_to_end = false;
  std::atomic<std::uint64_t> events = 0; ///< That are durable.
};

struct writer_state_deleter {
  void operator()(writer_state* state) const { ::munmap(state, sizeof *state); }
};

auto shared_state() -> std::unique_ptr<writer_state, writer_state_deleter> {
  auto* memory =
      ::mmap(nullptr, sizeof(writer_state), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  REQUIRE(memory != MAP_FAILED);
  return std::unique_ptr<writer_state, writer_state_deleter>(new (memory) writer_state());
}

auto write_until_told(const std::filesystem::path& folder, writer_state& state) -> int {
  auto journal = must(open_lmdb_journal(options_in(folder)));
  for (std::uint64_t at = 0; !state.is_to_end; ++at) {
    record(*journal, {item_for(*journal, "order-" + std::to_string(at % 50), events(4, std::to_string(at)))});
    state.events = must(journal->head(log_id())).value();
  }
  return 0;
}

void wait_for_events(const writer_state& state, std::uint64_t events) {
  while (state.events < events)
    std::this_thread::yield();
}

} // namespace

TEST_CASE("a backup shows all that its journal shows, and a restored one goes on from there") {
  temporary_folder folder;
  make_filled(folder.path() / "journal");
  auto form = GENERATE(copy_form::as_it_is, copy_form::compact);
  auto made = must(back_up_journal(folder.path() / "journal", folder.path() / "backup", form));
  CHECK(made.id == id_in(folder.path() / "journal"));
  CHECK(made.bytes > 0);
  CHECK((made.events_emptied > 0) == (form == copy_form::compact));
  CHECK(id_in(folder.path() / "backup") == made.id);
  CHECK(shown_in(folder.path() / "backup") == shown_in(folder.path() / "journal"));

  auto restored = must(restore_journal(folder.path() / "backup", folder.path() / "restored"));
  CHECK(restored.origin == made.id);
  CHECK(restored.id != made.id);
  CHECK(restored.head == made.head);
  CHECK(shown_in(folder.path() / "restored") == shown_in(folder.path() / "journal"));
  auto journal = must(open_lmdb_journal(options_in(folder.path() / "restored")));
  record(*journal, {item_for(*journal, "order-new", events(2))});
  CHECK(must(journal->head(log_id())) == made.head.next(2));
}

TEST_CASE("a read store that was made of the journal is refused beside one that was restored") {
  temporary_folder folder;
  make_filled(folder.path() / "journal");
  read_store_options options;
  options.directory = folder.path() / "rows";
  options.journal = id_in(folder.path() / "journal");
  REQUIRE(open_lmdb_read_store(options));
  auto backup =
      must(back_up_journal(folder.path() / "journal", folder.path() / "backup", copy_form::as_it_is));
  auto restored = must(restore_journal(folder.path() / "backup", folder.path() / "restored"));
  options.journal = restored.id;
  CHECK(open_lmdb_read_store(options).error().code() == read_store_errc::other_journal);
  // The control: the backup itself is the same journal, so nothing tells its rows from the original's.
  options.journal = backup.id;
  CHECK(open_lmdb_read_store(options));
}

TEST_CASE("backups beside a writer are verified prefixes of its journal, and leave it its lock") {
  temporary_folder folder(tusker_test::memory_backed_base());
  auto state = shared_state();
  auto form = GENERATE(copy_form::as_it_is, copy_form::compact);
  tusker_test::child writer([&] { return write_until_told(folder.path() / "journal", *state); });
  constexpr int backups = 5;
  std::vector<journal_copy> copies;
  for (int number = 0; number < backups; ++number) {
    auto durable = state->events.load();
    wait_for_events(*state, durable + 100);
    durable = state->events.load();
    copies.push_back(must(back_up_journal(folder.path() / "journal",
                                          folder.path() / ("backup-" + std::to_string(number)), form)));
    // What was durable before is in it, and what came while it was made may be.
    CHECK(copies.back().head.value() >= durable);
  }
  wait_for_events(*state, copies.back().head.value() + 1);
  state->is_to_end = true;
  CHECK(writer.exit_code() == 0);
  auto whole = shown_in(folder.path() / "journal").log;
  for (int number = 0; number < backups; ++number) {
    auto log = shown_in(folder.path() / ("backup-" + std::to_string(number))).log;
    REQUIRE(log.size() == copies[static_cast<std::size_t>(number)].head.value());
    REQUIRE(log.size() < whole.size());
    CHECK(std::equal(log.begin(), log.end(), whole.begin()));
  }
}

TEST_CASE("nothing is backed up over something, and a damaged journal is no backup") {
  temporary_folder folder;
  make_filled(folder.path() / "journal");
  std::filesystem::create_directory(folder.path() / "taken");
  std::ofstream(folder.path() / "taken" / "file") << "x";
  auto back_up = [&](const char* to) {
    return back_up_journal(folder.path() / "journal", folder.path() / to, copy_form::as_it_is);
  };
  CHECK(back_up("taken").error().code() == transfer_errc::place_taken);
  CHECK(back_up("journal").error().code() == transfer_errc::place_taken);
  CHECK(back_up_journal(folder.path() / "none", folder.path() / "x", copy_form::compact).error().code() ==
        journal_errc::not_found);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "x"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "x.partial"));

  auto data = folder.path() / "journal" / "data.mdb";
  {
    std::fstream out(data, std::ios::binary | std::ios::in | std::ios::out);
    std::string bytes(std::istreambuf_iterator<char>(out), {});
    auto at = bytes.find(R"({"mark":"17")");
    REQUIRE(at != std::string::npos);
    out.seekp(static_cast<std::streamoff>(at + 1));
    out.put('#');
  }
  auto failed = back_up("copy");
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code() == journal_errc::corrupt);
  CHECK(failed.error().message().find("ev, offset ") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "copy"));
}

} // namespace tusker
