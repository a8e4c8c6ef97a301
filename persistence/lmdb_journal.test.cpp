#include <tusker/persistence/lmdb_journal.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <filesystem>
#include <fstream>
#include <random>

// Opening and closing, and what only a journal on a disk can be: owned, missing, cut off, damaged. What it has in
// common with other engines is in tests/contract.

namespace tusker {

using namespace sample;
using tusker_test::exit_code_of_child;
using tusker_test::temporary_folder;

namespace {

auto options_in(const std::filesystem::path& folder, open_mode mode = open_mode::create_or_open)
    -> journal_options {
  auto options = journal_options();
  options.directory = folder;
  options.mode = mode;
  return options;
}

/// The code of the error that opening gives, or no code when it succeeds.
auto opening_error(const journal_options& options) -> std::error_code {
  auto opened = open_lmdb_journal(options);
  return opened ? std::error_code() : opened.error().code();
}

/// The same as an exit code: for what might not come back, and for a second opener, since one process must not open
/// an LMDB environment twice.
auto opening_error_in_child(const journal_options& options) -> int {
  return exit_code_of_child([&] { return opening_error(options).value(); });
}

constexpr auto code(journal_errc of) -> int {
  return static_cast<int>(of);
}

void fill(const std::filesystem::path& file, std::size_t bytes, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::ofstream out(file, std::ios::binary);
  for (std::size_t at = 0; at < bytes; ++at)
    out.put(seed == 0 ? '\0' : static_cast<char>(random()));
}

auto bytes_of(const std::filesystem::path& file) -> std::string {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A closed journal with some events.
void make_journal(const journal_options& options, std::size_t appends = 20) {
  auto journal = must(open_lmdb_journal(options));
  for (std::size_t at = 0; at < appends; ++at)
    record(*journal, {item_for(*journal, "order-" + std::to_string(at), events(5, std::to_string(at)))});
}

constexpr std::uint64_t small_map = std::uint64_t{1} << 20U;

/// The journal's data as LMDB has them, past the engine.
auto raw_environment(const std::filesystem::path& folder) -> lmdb_env {
  MDB_env* raw = nullptr;
  REQUIRE(mdb_env_create(&raw) == MDB_SUCCESS);
  auto env = lmdb_env(raw);
  REQUIRE(mdb_env_set_maxdbs(raw, 1'000) == MDB_SUCCESS);
  REQUIRE(mdb_env_set_mapsize(raw, small_map) == MDB_SUCCESS);
  REQUIRE(mdb_env_open(raw, folder.c_str(), MDB_NOSYNC, 0600) == MDB_SUCCESS);
  return env;
}

/// Makes a journal one from before there were notes.
void drop_notes(const std::filesystem::path& folder) {
  auto env = raw_environment(folder);
  auto transaction = must(lmdb_transaction::begin(env.get(), 0));
  MDB_dbi table = 0;
  REQUIRE(mdb_dbi_open(transaction.get(), "note", 0, &table) == MDB_SUCCESS);
  REQUIRE(mdb_drop(transaction.get(), table, 1) == MDB_SUCCESS);
  auto committed = std::move(transaction).commit();
  REQUIRE(committed);
}

/// Makes tables until there is no room for one more.
void fill_map(const std::filesystem::path& folder) {
  auto env = raw_environment(folder);
  for (std::size_t number = 100;; ++number) {
    REQUIRE(number < 1'000);
    auto transaction = must(lmdb_transaction::begin(env.get(), 0));
    MDB_dbi table = 0;
    auto name = "x" + std::to_string(number);
    if (mdb_dbi_open(transaction.get(), name.c_str(), MDB_CREATE, &table) == MDB_MAP_FULL)
      return;
    if (auto committed = std::move(transaction).commit(); !committed) {
      REQUIRE(is_map_full(committed.error()));
      return;
    }
  }
}

} // namespace

TEST_CASE("a second opener is refused, in the same process and in another") {
  temporary_folder folder;
  auto journal = must(open_lmdb_journal(options_in(folder.path())));
  auto second = open_lmdb_journal(options_in(folder.path()));
  REQUIRE_FALSE(second);
  CHECK(second.error().code() == journal_errc::locked);
  CHECK(second.error().message().find(std::to_string(::getpid())) != std::string::npos);
  CHECK(opening_error_in_child(options_in(folder.path())) == code(journal_errc::locked));
  CHECK(opening_error_in_child(options_in(folder.path(), open_mode::open_existing)) ==
        code(journal_errc::locked));
  // The refusals have not taken the lock from its owner.
  record(*journal, {item_for(*journal, "order-1", events(1))});
  journal.reset();
  CHECK(opening_error(options_in(folder.path())) == std::error_code());
}

TEST_CASE("a read-only opener beside a live writer sees what is durable and appends nothing") {
  temporary_folder folder;
  auto journal = must(open_lmdb_journal(options_in(folder.path())));
  record(*journal, {item_for(*journal, "order-1", events(3))});
  auto code = exit_code_of_child([&] {
    auto reader = must(open_lmdb_journal(options_in(folder.path(), open_mode::read_only)));
    auto item = item_for(*reader, "order-1", events(1));
    auto appended = reader->append(std::span(&item, 1));
    auto claimed = reader->claim({}, "otto");
    if (appended || appended.error().code() != journal_errc::read_only)
      return 1;
    if (claimed || claimed.error().code() != journal_errc::read_only)
      return 2;
    return must(reader->head(log_id(0))) == log_offset(3) ? 0 : 3;
  });
  CHECK(code == 0);
  record(*journal, {item_for(*journal, "order-1", events(1, "b"), exact(3))});
}

TEST_CASE("a folder without a journal stays untouched unless one may be made") {
  temporary_folder folder;
  auto missing = folder.path() / "missing";
  for (auto mode : {open_mode::open_existing, open_mode::read_only}) {
    CHECK(opening_error(options_in(folder.path(), mode)) == journal_errc::not_found);
    CHECK(opening_error(options_in(missing, mode)) == journal_errc::not_found);
  }
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a journal is made in a new folder that only its owner may enter") {
  temporary_folder folder;
  auto path = folder.path() / GENERATE(as<std::string>(), "new", "new/", "deep/new");
  make_journal(options_in(path), 1);
  CHECK(std::filesystem::status(path).permissions() == std::filesystem::perms::owner_all);
  auto data = std::filesystem::status(path / "data.mdb").permissions();
  CHECK(data == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  CHECK(opening_error(options_in(path, open_mode::open_existing)) == std::error_code());
  CHECK(opening_error(options_in(path, open_mode::read_only)) == std::error_code());
}

TEST_CASE("a journal keeps the number of shards it was made with") {
  temporary_folder folder;
  auto options = options_in(folder.path());
  options.shards = shard_count(5);
  make_journal(options, 1);
  options.shards = shard_count(6);
  CHECK(must(open_lmdb_journal(options))->shards() == shard_count(5));
}

TEST_CASE("options out of their limits are refused before the disk is touched") {
  temporary_folder folder;
  auto options = options_in(folder.path() / "new");
  options.shards = shard_count(0);
  CHECK(opening_error(options) == config_errc::out_of_range);
  CHECK(opening_error(options_in("")) == config_errc::missing);
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a data file that is no journal is an error and stays as it is") {
  temporary_folder folder;
  auto bytes = GENERATE(as<std::size_t>(), 1, 100, 8'191, 8'192, 65'536);
  auto seed = GENERATE(0U, 1U, 2U);
  auto file = folder.path() / "data.mdb";
  fill(file, bytes, seed);
  auto before = bytes_of(file);
  auto expected = bytes < 8'192 ? journal_errc::corrupt : journal_errc::unsupported_format;
  for (auto mode : {open_mode::create_or_open, open_mode::open_existing, open_mode::read_only})
    CHECK(opening_error_in_child(options_in(folder.path(), mode)) == code(expected));
  CHECK(bytes_of(file) == before);
}

TEST_CASE("an empty data file is a making that was cut off, and the journal is made anew") {
  temporary_folder folder;
  fill(folder.path() / "data.mdb", 0, 0);
  for (auto mode : {open_mode::open_existing, open_mode::read_only})
    CHECK(opening_error(options_in(folder.path(), mode)) == journal_errc::not_found);
  make_journal(options_in(folder.path()), 1);
}

TEST_CASE("a journal whose data are gone or emptied is an error, never a new journal") {
  temporary_folder folder;
  auto options = options_in(folder.path());
  make_journal(options);
  auto file = folder.path() / "data.mdb";
  auto is_removed = GENERATE(true, false);
  is_removed ? (void)std::filesystem::remove(file) : std::filesystem::resize_file(file, 0);
  for (auto mode : {open_mode::create_or_open, open_mode::open_existing, open_mode::read_only})
    CHECK(opening_error(options_in(folder.path(), mode)) == journal_errc::corrupt);
  CHECK(std::filesystem::exists(file) != is_removed);
}

TEST_CASE("data under another journal's identity are an error") {
  temporary_folder first;
  temporary_folder second;
  make_journal(options_in(first.path()));
  make_journal(options_in(second.path()));
  std::filesystem::copy_file(first.path() / "data.mdb", second.path() / "data.mdb",
                             std::filesystem::copy_options::overwrite_existing);
  for (auto mode : {open_mode::create_or_open, open_mode::read_only})
    CHECK(opening_error(options_in(second.path(), mode)) == journal_errc::corrupt);
}

TEST_CASE("a journal that lacks its identity file gets it from the next writer") {
  temporary_folder folder;
  make_journal(options_in(folder.path()));
  auto identity = bytes_of(folder.path() / "identity");
  CHECK(identity.size() == 37);
  std::filesystem::remove(folder.path() / "identity");
  CHECK(opening_error(options_in(folder.path(), open_mode::read_only)) == std::error_code());
  CHECK_FALSE(std::filesystem::exists(folder.path() / "identity"));
  CHECK(opening_error(options_in(folder.path())) == std::error_code());
  CHECK(bytes_of(folder.path() / "identity") == identity);
}

TEST_CASE("a journal from before there were notes gets their table from the next writer") {
  temporary_folder folder;
  make_journal(options_in(folder.path()));
  drop_notes(folder.path());
  auto before = bytes_of(folder.path() / "data.mdb");
  auto owner = stream_named("order-1");
  CHECK(
      must(must(open_lmdb_journal(options_in(folder.path(), open_mode::read_only)))->read_notes(owner, {}, 9))
          .empty());
  CHECK(bytes_of(folder.path() / "data.mdb") == before);
  {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    auto item = item_for(*journal, "order-1", {});
    item.notes = {note_under("a")};
    record(*journal, {item});
  }
  auto reader = must(open_lmdb_journal(options_in(folder.path(), open_mode::read_only)));
  CHECK(must(reader->find_note(owner, "a")) == note_under("a"));
}

TEST_CASE("the table of notes is made in a larger map where the file fills the map, if it may grow") {
  temporary_folder folder;
  auto options = options_in(folder.path());
  options.map_bytes = small_map;
  options.map_bytes_max = small_map;
  make_journal(options);
  drop_notes(folder.path());
  auto to_child = tusker_test::signal_pipe();
  auto from_child = tusker_test::signal_pipe();
  // A reader keeps all old pages in use, so that whatever is written takes new ones.
  auto child = tusker_test::child([&] {
    auto env = raw_environment(folder.path());
    auto pinned = must(lmdb_transaction::begin(env.get(), MDB_RDONLY));
    from_child.send();
    to_child.receive();
    return 0;
  });
  from_child.receive();
  fill_map(folder.path());
  CHECK(opening_error(options) == journal_errc::storage_full);
  options.map_bytes_max = 2 * small_map;
  auto journal = must(open_lmdb_journal(options));
  CHECK(must(journal->storage()).map_growths == 1);
  CHECK(must(journal->read_notes(stream_named("order-1"), {}, 9)).empty());
  to_child.send();
  CHECK(child.exit_code() == 0);
}

TEST_CASE("one process opens a journal once, for reading too") {
  temporary_folder folder;
  auto journal = must(open_lmdb_journal(options_in(folder.path())));
  CHECK(opening_error(options_in(folder.path(), open_mode::read_only)) == journal_errc::locked);
  journal.reset();
  CHECK(opening_error(options_in(folder.path(), open_mode::read_only)) == std::error_code());
}

TEST_CASE("a journal whose file was cut off is an error and stays as it is") {
  temporary_folder folder;
  auto options = options_in(folder.path());
  make_journal(options);
  auto file = folder.path() / "data.mdb";
  auto whole = std::filesystem::file_size(file);
  REQUIRE(whole > 40'960);
  auto share = GENERATE(0.0, 0.1, 0.5, 0.9);
  auto cut = std::max(std::uintmax_t{8'192}, static_cast<std::uintmax_t>(share * static_cast<double>(whole)));
  std::filesystem::resize_file(file, cut);
  for (auto mode : {open_mode::create_or_open, open_mode::open_existing, open_mode::read_only})
    CHECK(opening_error_in_child(options_in(folder.path(), mode)) == code(journal_errc::corrupt));
  CHECK(std::filesystem::file_size(file) == cut);
}

TEST_CASE("a reader whose map is smaller than the file opens it while a writer makes it grow") {
  temporary_folder folder;
  auto options = options_in(folder.path());
  options.map_bytes = std::uint64_t{1} << 20U;
  auto journal = must(open_lmdb_journal(options));
  for (std::uint32_t at = 0; at < 3; ++at)
    record(*journal, {item_for(*journal, "order-1", {event_of("Large", noise(900'000, at))})});
  auto reader = [&] {
    auto reading = options;
    reading.mode = open_mode::read_only;
    for (auto time = 0; time < 50; ++time)
      if (!open_lmdb_journal(reading))
        return 1;
    return 0;
  };
  tusker_test::child child(reader);
  for (std::uint32_t at = 0; at < 60; ++at)
    record(*journal, {item_for(*journal, "order-1", {event_of("Large", noise(100'000, at))})});
  CHECK(child.exit_code() == 0);
}

TEST_CASE("another program's LMDB environment is not taken for a journal") {
  temporary_folder folder;
  MDB_env* raw = nullptr;
  REQUIRE(mdb_env_create(&raw) == MDB_SUCCESS);
  auto env = lmdb_env(raw);
  REQUIRE(mdb_env_set_maxdbs(raw, 1) == MDB_SUCCESS);
  REQUIRE(mdb_env_open(raw, folder.path().c_str(), 0, 0600) == MDB_SUCCESS);
  auto transaction = must(lmdb_transaction::begin(raw, 0));
  MDB_dbi table = 0;
  REQUIRE(mdb_dbi_open(transaction.get(), "theirs", MDB_CREATE, &table) == MDB_SUCCESS);
  auto committed = std::move(transaction).commit();
  REQUIRE(committed);
  env.reset();
  CHECK(opening_error(options_in(folder.path())) == journal_errc::unsupported_format);
}

TEST_CASE("what a making that was cut off left behind is replaced") {
  temporary_folder folder;
  auto draft = folder.path() / "data.mdb.new";
  fill(draft, GENERATE(as<std::size_t>(), 0, 100, 8'192, 65'536), 1);
  CHECK(opening_error(options_in(folder.path(), open_mode::open_existing)) == journal_errc::not_found);
  make_journal(options_in(folder.path()), 1);
  CHECK_FALSE(std::filesystem::exists(draft));
}

} // namespace tusker
