#include <tusker/persistence/lmdb_readers.hpp>

#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <unistd.h>

namespace tusker {

using namespace sample;
using std::chrono::milliseconds;
using tusker_test::temporary_folder;

namespace {

auto options_in(const temporary_folder& folder) -> journal_options {
  auto options = journal_options();
  options.directory = folder.path();
  return options;
}

/// A reader in another process that dies in the middle of a read.
void die_while_reading(const journal_options& options) {
  auto reading = options;
  reading.mode = open_mode::read_only;
  auto code = tusker_test::exit_code_of_child([&] {
    auto store = must(open_lmdb_store(reading));
    auto read = must(store.readers->begin());
    ::_exit(7); // The read is still open.
    return 0;
  });
  REQUIRE(code == 7);
}

void commit(const lmdb_store& store, int count) {
  for (auto at = 0; at < count; ++at) {
    auto transaction = must(lmdb_transaction::begin(store.env.get(), 0));
    auto put = lmdb_put(transaction, store.tables.system, "count", std::to_string(at));
    REQUIRE(put);
    auto committed = std::move(transaction).commit();
    REQUIRE(committed);
  }
}

} // namespace

TEST_CASE("the stats tell how far behind the oldest reader is, in commits") {
  temporary_folder folder;
  auto store = must(open_lmdb_store(options_in(folder)));
  commit(store, 1);
  CHECK(must(store.readers->stats()).oldest_reader_commits == 0);
  auto read = must(store.readers->begin());
  commit(store, 3);
  auto stats = must(store.readers->stats());
  CHECK(stats.oldest_reader_commits == 3);
  CHECK(stats.readers >= 1);
  CHECK(stats.readers_max == options_in(folder).readers_max);
  CHECK(stats.map_bytes == options_in(folder).map_bytes);
  CHECK(stats.used_bytes > 0);
}

TEST_CASE(
    "a read that goes on from one that has ended sees what is newest, and none that has ended holds pages") {
  temporary_folder folder;
  auto store = must(open_lmdb_store(options_in(folder)));
  for (auto round = 0; round < 3; ++round) {
    commit(store, round + 1);
    auto read = must(store.readers->begin());
    CHECK(must(lmdb_get(read.transaction, store.tables.system, "count")) == std::to_string(round));
  }
  commit(store, 5);
  auto stats = must(store.readers->stats());
  CHECK(stats.oldest_reader_commits == 0);
  CHECK(stats.readers == 1);
}

TEST_CASE("of few slots reads that have ended keep one, so that other processes find some") {
  temporary_folder folder;
  auto options = options_in(folder);
  options.readers_max = 8;
  auto store = must(open_lmdb_store(options));
  {
    auto first = must(store.readers->begin());
    auto second = must(store.readers->begin());
    CHECK(must(store.readers->stats()).readers == 2);
  }
  CHECK(must(store.readers->stats()).readers == 1);
}

TEST_CASE("the slot of a reader that died is freed after a minute, not before") {
  temporary_folder folder;
  auto options = options_in(folder);
  auto store = must(open_lmdb_store(options));
  auto now = std::chrono::steady_clock::time_point();
  auto readers = lmdb_readers(store.env.get(), milliseconds(100), [&] { return now; });
  commit(store, 1);
  die_while_reading(options);
  commit(store, 5);
  CHECK(must(readers.stats()).oldest_reader_commits == 5);
  now += std::chrono::seconds(59);
  readers.free_stale_slots();
  CHECK(must(readers.stats()).stale_readers == 0);
  now += std::chrono::seconds(1);
  CHECK(must(readers.stats()).stale_readers == 1);
  CHECK(must(readers.stats()).oldest_reader_commits == 0);
}

TEST_CASE("the slot of a reader that died is freed by the next opener") {
  temporary_folder folder;
  auto options = options_in(folder);
  (void)must(open_lmdb_journal(options));
  die_while_reading(options);
  auto store = must(open_lmdb_store(options));
  commit(store, 5);
  CHECK(must(store.readers->stats()).oldest_reader_commits == 0);
}

TEST_CASE("a read that goes on for long is seen while it does, and counted then") {
  temporary_folder folder;
  auto store = must(open_lmdb_store(options_in(folder)));
  auto now = std::chrono::steady_clock::time_point();
  auto readers = lmdb_readers(store.env.get(), milliseconds(100), [&] { return now; });
  {
    auto read = must(readers.begin());
    now += milliseconds(250);
    CHECK(must(readers.stats()).oldest_read == milliseconds(250));
    CHECK(must(readers.stats()).long_reads == 0);
  }
  CHECK(must(readers.stats()).oldest_read == milliseconds(0));
  CHECK(must(readers.stats()).long_reads == 1);
}

TEST_CASE("a map doubles up to what it may be, and not beyond") {
  temporary_folder folder;
  auto options = options_in(folder);
  options.map_bytes = std::uint64_t{1} << 20U;
  auto store = must(open_lmdb_store(options));
  auto most = std::uint64_t{3} << 20U;
  CHECK(must(store.readers->grow_map(most)));
  CHECK(must(store.readers->stats()).map_bytes == std::uint64_t{2} << 20U);
  CHECK(must(store.readers->grow_map(most)));
  CHECK(must(store.readers->stats()).map_bytes == most);
  CHECK_FALSE(must(store.readers->grow_map(most)));
  CHECK(must(store.readers->stats()).map_growths == 2);
}

} // namespace tusker
