#include <tusker/persistence/lmdb_row_writer.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>

namespace tusker {

namespace {

using tusker_test::temporary_folder;
using rows = std::map<std::string, std::string>;

constexpr std::size_t tables_count = 3;

/// An environment of its own with some tables.
class small_store {
public:
  small_store() {
    REQUIRE(mdb_env_create(&raw_) == MDB_SUCCESS);
    env_.reset(raw_);
    REQUIRE(mdb_env_set_maxdbs(raw_, tables_count) == MDB_SUCCESS);
    REQUIRE(mdb_env_set_mapsize(raw_, std::size_t{64} << 20U) == MDB_SUCCESS);
    REQUIRE(mdb_env_open(raw_, folder_.path().c_str(), MDB_NOSYNC, 0600) == MDB_SUCCESS);
    auto transaction = begin();
    for (std::size_t at = 0; at < tables_count; ++at)
      REQUIRE(mdb_dbi_open(transaction.get(), std::to_string(at).c_str(), MDB_CREATE, &tables_.at(at)) ==
              MDB_SUCCESS);
    auto committed = std::move(transaction).commit();
    REQUIRE(committed);
  }

  [[nodiscard]] auto begin() const -> lmdb_transaction {
    auto begun = lmdb_transaction::begin(raw_, 0);
    REQUIRE(begun);
    return std::move(*begun);
  }
  [[nodiscard]] auto table(std::size_t number) const -> MDB_dbi { return tables_.at(number); }

  [[nodiscard]] auto rows_of(std::size_t number) const -> rows {
    auto transaction = begin();
    auto cursor = lmdb_cursor::open(transaction, table(number));
    REQUIRE(cursor);
    rows found;
    for (auto is_there = cursor->move(MDB_FIRST); is_there && *is_there; is_there = cursor->move(MDB_NEXT))
      found.emplace(cursor->key(), cursor->value());
    return found;
  }

private:
  temporary_folder folder_;
  MDB_env* raw_ = nullptr;
  lmdb_env env_;
  std::array<MDB_dbi, tables_count> tables_{};
};

auto code_of(const result<void>& outcome) -> std::error_code {
  return outcome ? std::error_code() : outcome.error().code();
}

/// Random changes, and look-ups that must find what a map has that gets the same changes.
class random_course {
public:
  explicit random_course(unsigned seed) : lots_(seed) {}

  void run(const small_store& store, int transactions) {
    for (int round = 0; round < transactions; ++round) {
      auto transaction = store.begin();
      std::optional<lmdb_row_writer> writer(std::in_place, transaction);
      for (int step = 0; step < 400; ++step)
        change(*writer, store, lot(tables_count));
      writer.reset();
      auto committed = std::move(transaction).commit();
      REQUIRE(committed);
    }
  }

  [[nodiscard]] auto expected(std::size_t table) const -> const rows& { return expected_.at(table); }

private:
  auto lot(std::size_t below) -> std::size_t {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(lots_);
  }

  void change(lmdb_row_writer& writer, const small_store& store, std::size_t at) {
    auto table = store.table(at);
    auto& known = expected_.at(at);
    // Keys that come near each other, so that rows are found, replaced and erased.
    auto key = "key" + std::to_string(1'000 + (near_ + lot(50)) % 3'000);
    near_ += lot(20);
    // Some do not fit into a page.
    auto length = lot(20) == 0 ? 3'000 + lot(9'000) : lot(300);
    auto value = std::string(length, static_cast<char>('a' + lot(26)));
    auto is_there = known.contains(key);
    switch (lot(5)) {
    case 0: {
      auto found = writer.find(table, key);
      REQUIRE(found);
      REQUIRE(found->has_value() == is_there);
      if (is_there)
        REQUIRE(**found == known[key]);
      return;
    }
    case 1:
      REQUIRE(writer.erase(table, key));
      known.erase(key);
      return;
    case 2:
      REQUIRE(code_of(writer.put(table, key, value, MDB_NOOVERWRITE)) ==
              (is_there ? make_error_code(journal_errc::corrupt) : std::error_code()));
      known.emplace(key, value);
      return;
    default:
      REQUIRE(writer.put(table, key, value));
      known[key] = value;
    }
  }

  std::minstd_rand lots_;
  std::array<rows, tables_count> expected_;
  std::size_t near_ = 0;
};

} // namespace

TEST_CASE("rows are put, found, replaced and erased in several tables as in maps") {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    small_store store;
    random_course course(seed);
    course.run(store, 12);
    for (std::size_t table = 0; table < tables_count; ++table)
      REQUIRE(store.rows_of(table) == course.expected(table));
  }
}

TEST_CASE("a row behind all others is appended, and one that is not is refused and changes nothing") {
  small_store store;
  auto transaction = store.begin();
  std::optional<lmdb_row_writer> writer(std::in_place, transaction);
  for (int number = 1'000; number < 3'000; ++number)
    REQUIRE(writer->put(store.table(0), std::to_string(number), "row", MDB_APPEND));
  CHECK(code_of(writer->put(store.table(0), "1500", "late", MDB_APPEND)) ==
        make_error_code(journal_errc::corrupt));
  writer.reset();
  auto committed = std::move(transaction).commit();
  REQUIRE(committed);
  auto found = store.rows_of(0);
  CHECK(found.size() == 2'000);
  CHECK(found["1500"] == "row");
}

TEST_CASE("rows are appended behind others also after some came before them or were replaced") {
  for (auto put_between : {0U, unsigned(MDB_NOOVERWRITE)}) {
    small_store store;
    auto transaction = store.begin();
    std::optional<lmdb_row_writer> writer(std::in_place, transaction);
    rows expected;
    auto put = [&](const std::string& key, unsigned flags) {
      auto value = std::string(100, key.front());
      REQUIRE(writer->put(store.table(0), key, value, flags));
      expected[key] = value;
    };
    for (int number = 0; number < 2'000; ++number) {
      put("m" + std::to_string(10'000 + number), MDB_APPEND);
      if (number % 3 == 0)
        REQUIRE(writer->find(store.table(0), "m" + std::to_string(10'000 + number / 2)));
      if (number % 5 == 0)
        put("a" + std::to_string(90'000 - number), put_between);
    }
    writer.reset();
    auto committed = std::move(transaction).commit();
    REQUIRE(committed);
    // In the order in which LMDB keeps them, not in the map's: a row in a wrong place would show.
    auto reading = store.begin();
    auto cursor = lmdb_cursor::open(reading, store.table(0));
    REQUIRE(cursor);
    auto is_there = cursor->move(MDB_FIRST);
    for (const auto& [key, value] : expected) {
      REQUIRE((is_there && *is_there));
      REQUIRE(cursor->key() == key);
      is_there = cursor->move(MDB_NEXT);
    }
    CHECK_FALSE(*is_there);
  }
}

TEST_CASE("a cursor that reads beside the writer sees what it puts") {
  small_store store;
  auto transaction = store.begin();
  lmdb_row_writer writer(transaction);
  for (int number = 1'000; number < 1'500; ++number)
    REQUIRE(writer.put(store.table(0), std::to_string(number), std::string(50, 'x')));
  auto reading = lmdb_cursor::open(transaction, store.table(0));
  REQUIRE(reading);
  auto rows_seen = 0;
  for (auto is_there = reading->move(MDB_FIRST); is_there && *is_there; is_there = reading->move(MDB_NEXT)) {
    ++rows_seen;
    // Pages are split before it and behind it.
    auto key = std::string(reading->key());
    if (key.size() == 4)
      REQUIRE(writer.put(store.table(0), key + "b", std::string(50, 'y')));
  }
  CHECK(rows_seen == 1'000);
}

TEST_CASE("nothing is found in a table without rows, and then the first one") {
  small_store store;
  auto transaction = store.begin();
  lmdb_row_writer writer(transaction);
  auto nothing = writer.find(store.table(1), "key");
  REQUIRE(nothing);
  CHECK_FALSE(nothing->has_value());
  REQUIRE(writer.put(store.table(1), "key", "value", MDB_NOOVERWRITE));
  auto found = writer.find(store.table(1), "key");
  REQUIRE(found);
  CHECK(*found == "value");
  auto behind = writer.find(store.table(1), "l");
  REQUIRE(behind);
  CHECK_FALSE(behind->has_value());
}

} // namespace tusker
