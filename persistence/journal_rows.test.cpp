#include <tusker/persistence/journal_rows.hpp>

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

// LMDB's rows and those of the tail over them have to look like one table.

namespace tusker {

using sample::must;

namespace {

using text = std::string;
using entries = std::vector<std::pair<text, text>>;
using table_model = std::map<text, text>;

/// An environment with one table, and a tail over it.
class layered_table {
public:
  layered_table() {
    MDB_env* raw = nullptr;
    REQUIRE(mdb_env_create(&raw) == MDB_SUCCESS);
    env_.reset(raw);
    REQUIRE(mdb_env_set_maxdbs(raw, 1) == MDB_SUCCESS);
    REQUIRE(mdb_env_open(raw, folder_.path().c_str(), MDB_NOTLS | MDB_NOSYNC, 0600) == MDB_SUCCESS);
    auto transaction = must(lmdb_transaction::begin(raw, 0));
    REQUIRE(mdb_dbi_open(transaction.get(), "t", MDB_CREATE, &table_) == MDB_SUCCESS);
    auto made = std::move(transaction).commit();
    REQUIRE(made);
    places_.of.at(table_) = place;
  }

  /// One batch, in the tail alone.
  void write(const text& key, const std::optional<text>& value) {
    (void)tail_.begin();
    add(key, value);
    tail_.publish();
  }

  void add(const text& key, const std::optional<text>& value) {
    tail_.add({place, value ? row_change_kind::put : row_change_kind::erase, key, value.value_or("")});
  }

  /// LMDB gets the oldest part, as an applier brings it there. The tail keeps it when `drop` is false.
  void apply(bool drop = true) {
    auto part = tail_.oldest();
    if (!part)
      return;
    auto transaction = must(lmdb_transaction::begin(env_.get(), 0));
    tail_rows::cursor row(part->rows, place, part->last);
    for (auto found = row.seek({}); found; found = row.next()) {
      auto done = row.kind() == row_change_kind::erase
                      ? lmdb_erase(transaction, table_, row.key())
                      : lmdb_put(transaction, table_, row.key(), row.value());
      REQUIRE(done);
    }
    part->applied_in = mdb_txn_id(transaction.get());
    auto committed = std::move(transaction).commit();
    REQUIRE(committed);
    if (drop)
      tail_.drop_oldest();
  }

  [[nodiscard]] auto tail() -> journal_tail& { return tail_; }
  [[nodiscard]] auto table() const -> MDB_dbi { return table_; }
  [[nodiscard]] auto places() const -> const table_places& { return places_; }
  [[nodiscard]] auto begin() -> lmdb_transaction {
    return must(lmdb_transaction::begin(env_.get(), MDB_RDONLY));
  }

  static constexpr std::uint8_t place = 5;

private:
  tusker_test::temporary_folder folder_;
  lmdb_env env_;
  MDB_dbi table_ = 0;
  table_places places_;
  journal_tail tail_{0};
};

auto all_forward(row_cursor& cursor) -> entries {
  entries found;
  for (auto is_there = must(cursor.seek_first()); is_there; is_there = must(cursor.next()))
    found.emplace_back(cursor.key(), cursor.value());
  return found;
}

auto all_backward(row_cursor& cursor) -> entries {
  entries found;
  for (auto is_there = must(cursor.seek_last()); is_there; is_there = must(cursor.previous()))
    found.insert(found.begin(), {text(cursor.key()), text(cursor.value())});
  return found;
}

void check_finds(const journal_rows& rows, MDB_dbi table, const table_model& expected, const text& key) {
  auto found = must(rows.find(table, key));
  auto wanted = expected.find(key);
  REQUIRE(found.has_value() == (wanted != expected.end()));
  if (found)
    CHECK(*found == wanted->second);
}

/// Goes to and fro as a drunkard does, beside an iterator that does the same.
void check_walk(const journal_rows& rows, MDB_dbi table, const table_model& expected, std::mt19937& random) {
  auto cursor = must(row_cursor::open(rows, table));
  auto key = text(1, static_cast<char>('a' + random() % 8));
  auto at = expected.lower_bound(key);
  auto is_there = must(cursor.seek(key));
  if (random() % 2 == 0) {
    is_there = must(cursor.seek_before(key));
    REQUIRE(is_there == (at != expected.begin()));
    if (!is_there)
      return;
    --at;
  }
  for (auto step = 0; step < 30; ++step) {
    REQUIRE(is_there == (at != expected.end()));
    if (!is_there)
      return;
    REQUIRE(cursor.key() == at->first);
    REQUIRE(cursor.value() == at->second);
    auto goes_back = random() % 2 == 0;
    if (goes_back && at == expected.begin()) {
      CHECK_FALSE(must(cursor.previous()));
      return;
    }
    is_there = must(goes_back ? cursor.previous() : cursor.next());
    at = goes_back ? std::prev(at) : std::next(at);
  }
}

void check_all(layered_table& under, const table_model& expected, std::mt19937& random) {
  auto tail = under.tail().view();
  auto transaction = under.begin();
  auto rows = journal_rows(transaction, std::move(tail), under.places());
  auto cursor = must(row_cursor::open(rows, under.table()));
  auto wanted = entries(expected.begin(), expected.end());
  CHECK(all_forward(cursor) == wanted);
  CHECK(all_backward(cursor) == wanted);
  for (const auto* key : {"a", "b", "ca", "dd", "h", "zz"})
    check_finds(rows, under.table(), expected, key);
  for (auto walk = 0; walk < 5; ++walk)
    check_walk(rows, under.table(), expected, random);
}

} // namespace

TEST_CASE("rows of the tail hide those of LMDB, and erased ones are gone") {
  layered_table under;
  under.write("a", "1");
  under.write("b", "1");
  under.write("c", "1");
  under.apply();
  under.write("b", "2");
  under.write("c", std::nullopt);
  under.write("d", "1");
  std::mt19937 random(1); // NOLINT: the same walk in every run
  check_all(under, {{"a", "1"}, {"b", "2"}, {"d", "1"}}, random);
}

TEST_CASE("a reader sees one moment, however far the applier is meanwhile") {
  layered_table under;
  under.write("a", "1");
  under.apply();
  under.write("a", "2");
  // As of now; then a later batch comes, and LMDB gets both before the reader begins.
  auto early = under.tail().view();
  under.write("a", "3");
  under.apply();
  auto transaction = under.begin();
  auto rows = journal_rows(transaction, std::move(early), under.places());
  // What the tail had then is older than what LMDB has: it must not hide it.
  CHECK(must(rows.find(under.table(), "a")) == std::optional<std::string_view>("3"));
}

TEST_CASE("a reader that began before a part was applied still has it from the tail") {
  layered_table under;
  under.write("a", "1");
  auto view = under.tail().view();
  auto transaction = under.begin();
  under.apply();
  auto rows = journal_rows(transaction, std::move(view), under.places());
  CHECK(must(rows.find(under.table(), "a")) == std::optional<std::string_view>("1"));
}

TEST_CASE(
    "the control: who begins with LMDB and takes the tail afterwards misses what went over in between") {
  layered_table under;
  under.write("a", "1");
  auto transaction = under.begin();
  under.apply();
  auto rows = journal_rows(transaction, under.tail().view(), under.places());
  CHECK_FALSE(must(rows.find(under.table(), "a")));
}

TEST_CASE("changes of a draft are seen through it, and go nowhere else") {
  class collecting final : public row_draft {
  public:
    explicit collecting(journal_tail& tail) : tail_(tail) {}
    void add(const row_change& change) override {
      tail_.add(change);
      ++count;
    }
    int count = 0;

  private:
    journal_tail& tail_;
  };
  layered_table under;
  under.write("a", "1");
  collecting draft(under.tail());
  auto view = under.tail().begin();
  auto transaction = under.begin();
  auto rows = journal_rows(transaction, std::move(view), under.places(), draft);
  REQUIRE(rows.put(under.table(), "a", "2"));
  REQUIRE(rows.put_new(under.table(), "b", "2"));
  REQUIRE(rows.append(under.table(), "c", "2"));
  REQUIRE(rows.erase(under.table(), "b"));
  CHECK(draft.count == 4);
  auto cursor = must(row_cursor::open(rows, under.table()));
  CHECK(all_forward(cursor) == entries{{"a", "2"}, {"c", "2"}});
  under.tail().give_up();
  std::mt19937 random(1); // NOLINT: the same walk in every run
  check_all(under, {{"a", "1"}}, random);
}

TEST_CASE("whatever is written and applied, the table looks as if it had all been written at once") {
  std::mt19937 random(23); // NOLINT: the same rows in every run
  for (auto round = 0; round < 30; ++round) {
    layered_table under;
    table_model expected;
    for (auto step = 0; step < 40; ++step) {
      auto key = text(1 + random() % 2, static_cast<char>('a' + random() % 8));
      switch (random() % 6) {
      case 0:
        under.write(key, std::nullopt);
        expected.erase(key);
        break;
      case 1:
        under.apply();
        break;
      case 2:
        (void)under.tail().begin();
        under.add(key, "given up");
        under.tail().give_up();
        break;
      default:
        under.write(key, std::to_string(step));
        expected[key] = std::to_string(step);
      }
      if (step % 5 == 0)
        check_all(under, expected, random);
    }
    // In LMDB and still in the tail, as between an applier's commit and what it does next.
    under.apply(false);
    check_all(under, expected, random);
  }
}

} // namespace tusker
