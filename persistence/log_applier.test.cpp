#include <tusker/persistence/log_applier.hpp>

#include <tusker/persistence/commit_log.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/log_recovery.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace tusker {

using sample::must;

namespace {

using rows = std::map<std::string, std::string>;

constexpr std::uint8_t ordered_table = 1; // `ev`: new rows come behind all others
constexpr std::uint8_t other_table = 9;   // `outbox`

auto key_of(int number) -> std::string {
  auto digits = std::to_string(number);
  return "row" + std::string(6 - digits.size(), '0') + digits;
}

auto rows_in(const lmdb_store& store, MDB_dbi table) -> rows {
  auto read = must(store.readers->begin());
  auto cursor = must(lmdb_cursor::open(read.transaction, table));
  rows found;
  for (auto is_there = must(cursor.move(MDB_FIRST)); is_there; is_there = must(cursor.move(MDB_NEXT)))
    found.emplace(cursor.key(), cursor.value());
  return found;
}

/// Some thousand rows in both tables, in parts: put, then each third one erased, others replaced by what needs more
/// room, and some of those that were erased put again.
class row_course {
public:
  explicit row_course(journal_tail& tail) : tail_(tail) {}

  void put_all() {
    for (int number = 0; number < count; ++number) {
      change(row_change_kind::put, (number * 7'919) % count, "first");
      add({ordered_table, row_change_kind::put_new, key_of(number), "event"});
    }
  }
  void change_some() {
    for (int number = 0; number < count; ++number) {
      if (number % 3 == 0)
        change(row_change_kind::erase, number, "");
      else if (number % 3 == 1)
        change(row_change_kind::put, number, std::string(static_cast<std::size_t>(200 + number % 700), 'x'));
    }
  }
  void put_some_again() {
    for (int number = 0; number < count; number += 6)
      change(row_change_kind::put_new, number, "again");
  }

  [[nodiscard]] auto expected() const -> const rows& { return expected_; }
  static constexpr int count = 4'000;

private:
  void change(row_change_kind kind, int number, const std::string& value) {
    auto key = key_of(number);
    if (kind == row_change_kind::erase)
      expected_.erase(key);
    else
      expected_[key] = value;
    add({other_table, kind, key, value});
  }
  void add(const row_change& row) {
    (void)tail_.begin();
    tail_.add(row);
    tail_.publish();
  }

  journal_tail& tail_;
  rows expected_;
};

} // namespace

TEST_CASE("rows that are put, replaced by larger ones, erased and put again are in LMDB as they were left") {
  // The small map grows while rows are put.
  auto map_bytes = GENERATE(std::uint64_t{1} << 20U, std::uint64_t{64} << 20U);
  auto is_in_parts = GENERATE(true, false);
  tusker_test::temporary_folder folder;
  journal_options options;
  options.directory = folder.path() / "journal";
  options.map_bytes = map_bytes;
  options.apply_after = std::chrono::seconds(10);
  auto store = must(open_lmdb_store(options));
  auto log = must(recover_into_tail(store, options));
  log_applier applier(store, *log, options);
  row_course course(*store.tail);
  auto apply_if_in_parts = [&] {
    if (is_in_parts)
      REQUIRE(applier.drain());
  };
  course.put_all();
  apply_if_in_parts();
  course.change_some();
  apply_if_in_parts();
  course.put_some_again();
  REQUIRE(applier.drain());
  CHECK(rows_in(store, store.tables.outbox) == course.expected());
  CHECK(rows_in(store, store.tables.events).size() == row_course::count);
}

TEST_CASE("who waits until less is left does not wait for more to be gathered") {
  tusker_test::temporary_folder folder;
  journal_options options;
  options.directory = folder.path() / "journal";
  // Longer than the wait below.
  options.apply_after = std::chrono::seconds(10);
  auto store = must(open_lmdb_store(options));
  auto log = must(recover_into_tail(store, options));
  log_applier applier(store, *log, options);
  (void)store.tail->begin();
  store.tail->add({0, row_change_kind::put, "a row", "that is not in LMDB"});
  store.tail->publish();
  applier.wake();
  applier.wait_until_left(0, std::chrono::seconds(5));
  CHECK(applier.bytes_left() == 0);
}

} // namespace tusker
