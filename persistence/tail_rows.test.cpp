#include <tusker/persistence/tail_rows.hpp>

#include <tusker_test/catch.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace tusker {

namespace {

using text = std::string;
using entries = std::vector<std::pair<text, text>>;

void put(tail_rows& rows, std::uint64_t sequence, const text& key, const text& value,
         std::uint8_t table = 3) {
  rows.add(sequence, {table, row_change_kind::put, key, value});
}

auto shown(const tail_rows::cursor& row) -> std::pair<text, text> {
  auto is_erased = row.kind() == row_change_kind::erase;
  return {text(row.key()), is_erased ? "(erased)" : text(row.value())};
}

auto forward(const tail_rows& rows, std::uint64_t sequence_max, std::uint8_t table = 3,
             std::uint64_t after = 0) -> entries {
  entries found;
  tail_rows::cursor row(rows, table, sequence_max, after);
  for (auto is_there = row.seek({}); is_there; is_there = row.next())
    found.push_back(shown(row));
  return found;
}

auto backward(const tail_rows& rows, std::uint64_t sequence_max, std::uint8_t table = 3,
              std::uint64_t after = 0) -> entries {
  entries found;
  tail_rows::cursor row(rows, table, sequence_max, after);
  for (auto is_there = row.seek_last(); is_there; is_there = row.previous())
    found.insert(found.begin(), shown(row));
  return found;
}

/// What has to be found: the last value of each key up to each number.
class model {
public:
  void add(std::uint64_t sequence, const text& key, const text& value) { versions_[key][sequence] = value; }

  [[nodiscard]] auto at(std::uint64_t sequence_max) const -> entries {
    entries found;
    for (const auto& [key, versions] : versions_)
      if (auto behind = versions.upper_bound(sequence_max); behind != versions.begin())
        found.emplace_back(key, std::prev(behind)->second);
    return found;
  }

private:
  std::map<text, std::map<std::uint64_t, text>> versions_;
};

} // namespace

TEST_CASE("rows are found in the order of their keys, each in the newest version that a reader may see") {
  tail_rows rows;
  put(rows, 1, "b", "b1");
  put(rows, 2, "a", "a2");
  put(rows, 3, "b", "b3");
  rows.add(4, {3, row_change_kind::erase, "a", {}});
  CHECK(forward(rows, 0).empty());
  CHECK(forward(rows, 1) == entries{{"b", "b1"}});
  CHECK(forward(rows, 2) == entries{{"a", "a2"}, {"b", "b1"}});
  CHECK(forward(rows, 3) == entries{{"a", "a2"}, {"b", "b3"}});
  CHECK(forward(rows, 9) == entries{{"a", "(erased)"}, {"b", "b3"}});
}

TEST_CASE("of two versions of a row in one batch the later one counts") {
  tail_rows rows;
  put(rows, 1, "a", "first");
  put(rows, 1, "a", "second");
  CHECK(forward(rows, 1) == entries{{"a", "second"}});
  CHECK(backward(rows, 1) == entries{{"a", "second"}});
}

TEST_CASE("a row whose newest version another has already is passed over, whatever stands beside it") {
  tail_rows rows;
  put(rows, 1, "a", "a1");
  put(rows, 1, "b", "b1");
  put(rows, 2, "c", "c2");
  put(rows, 3, "b", "b3");
  put(rows, 4, "a", "a4");
  CHECK(forward(rows, 4, 3, 2) == entries{{"a", "a4"}, {"b", "b3"}});
  CHECK(backward(rows, 4, 3, 2) == forward(rows, 4, 3, 2));
  // At 3 the newest version of `a` is the first one.
  CHECK(forward(rows, 3, 3, 1) == entries{{"b", "b3"}, {"c", "c2"}});
  CHECK(backward(rows, 3, 3, 1) == forward(rows, 3, 3, 1));
  CHECK(forward(rows, 4, 3, 4).empty());
  CHECK(backward(rows, 4, 3, 4).empty());
}

TEST_CASE("tables are apart, also where they end") {
  tail_rows rows;
  put(rows, 1, "x", "of two", 2);
  put(rows, 1, "a", "of three", 3);
  put(rows, 1, text("\0", 1), "of four", 4);
  for (std::uint8_t table = 2; table <= 4; ++table) {
    CHECK(forward(rows, 1, table).size() == 1);
    CHECK(backward(rows, 1, table) == forward(rows, 1, table));
  }
  CHECK(forward(rows, 1, 5).empty());
  CHECK(backward(rows, 1, 1).empty());
}

TEST_CASE("rows that are as large as events get are held whole") {
  tail_rows rows;
  auto large = text(3'000'000, 'x');
  put(rows, 1, "large", large);
  put(rows, 1, "small", "y");
  CHECK(forward(rows, 1) == entries{{"large", large}, {"small", "y"}});
  CHECK(rows.count() == 2);
  CHECK(rows.bytes() == large.size() + 11);
}

TEST_CASE("whatever is added, each reader sees what stood there at its number, both ways and from any key") {
  std::mt19937 random(17); // NOLINT: the same rows in every run
  for (auto round = 0; round < 20; ++round) {
    tail_rows rows;
    model expected;
    for (std::uint64_t sequence = 1; sequence <= 60; ++sequence) {
      for (auto count = random() % 4; count > 0; --count) {
        auto key = text(1 + random() % 3, static_cast<char>('a' + random() % 5));
        auto value = std::to_string(sequence) + "." + std::to_string(count);
        put(rows, sequence, key, value);
        expected.add(sequence, key, value);
      }
    }
    for (auto sequence_max : std::initializer_list<std::uint64_t>{0, 1, 7, 30, 59, 60, 1000}) {
      auto all = expected.at(sequence_max);
      CHECK(forward(rows, sequence_max) == all);
      CHECK(backward(rows, sequence_max) == all);
      for (const auto& from : {text("a"), text("bb"), text("cd"), text("zz")}) {
        auto behind =
            std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.first >= from; });
        tail_rows::cursor row(rows, 3, sequence_max);
        CHECK(row.seek(from) == (behind != all.end()));
        CHECK((behind == all.end() || shown(row) == *behind));
        CHECK(row.seek_before(from) == (behind != all.begin()));
        CHECK((behind == all.begin() || shown(row) == *std::prev(behind)));
      }
    }
  }
}

TEST_CASE("rows that come in the order of their keys, beside others in between, stand where they belong") {
  std::mt19937 random(23); // NOLINT: the same rows in every run
  constexpr std::uint8_t tables = 5;
  for (auto round = 0; round < 10; ++round) {
    tail_rows rows;
    std::vector<model> expected(tables);
    std::vector<int> last(tables);
    for (std::uint64_t sequence = 1; sequence <= 500; ++sequence) {
      auto table = static_cast<std::uint8_t>(random() % tables);
      // Mostly the next key, at times an old one again or one that another follows; one that is shorter by its zeros.
      auto number = random() % 4 != 0 ? ++last[table] : static_cast<int>(random() % 600);
      auto key = "the same beginning " + text(1, static_cast<char>(number / 100)) +
                 text(1, static_cast<char>(number % 100));
      if (random() % 8 == 0)
        key = text(random() % 12, '\0').append("a").append(random() % 3, '\0');
      put(rows, sequence, key, std::to_string(sequence), table);
      expected[table].add(sequence, key, std::to_string(sequence));
      CHECK(rows.may_have(table, key));
    }
    for (std::uint8_t table = 0; table < tables; ++table) {
      CHECK(forward(rows, 1'000, table) == expected[table].at(1'000));
      CHECK(backward(rows, 250, table) == expected[table].at(250));
    }
  }
}

TEST_CASE("readers beside the writer see each batch whole, or not at all, whichever way they go") {
  tail_rows rows;
  constexpr std::uint64_t batches = 3'000;
  constexpr std::uint64_t rows_of_batch = 3;
  std::atomic<std::uint64_t> published = 0;
  std::atomic<int> wrong = 0;
  auto last_key = [](std::uint64_t batch) { return std::to_string(1'000'000 + batch); };
  // As heads are looked up: by the last row of a table, while the next one is put, and rows of the tables beside it.
  auto look_at_ends = [&] {
    for (std::uint64_t seen = 0; seen < batches;) {
      seen = published.load(std::memory_order_acquire);
      tail_rows::cursor row(rows, 3, seen);
      wrong += row.seek_last() == (seen != 0) ? 0 : 1;
      wrong += seen == 0 || row.key() == last_key(seen) ? 0 : 1;
      wrong += seen == 0 || (row.seek({}) && row.key() == last_key(1)) ? 0 : 1;
    }
  };
  auto look_at_all = [&] {
    for (std::uint64_t seen = 0; seen < batches;) {
      seen = published.load(std::memory_order_acquire);
      wrong += forward(rows, seen, 2).size() == seen * (rows_of_batch - 1) ? 0 : 1;
      wrong += backward(rows, seen).size() == seen ? 0 : 1;
    }
  };
  std::thread first(look_at_ends);
  std::thread second(look_at_all);
  for (std::uint64_t batch = 1; batch <= batches; ++batch) {
    // In no order, so that links change everywhere.
    for (std::uint64_t row = 1; row < rows_of_batch; ++row)
      put(rows, batch, std::to_string((batch * 7'919 + row * 104'729) % 1'000'003), "v", 2);
    put(rows, batch, last_key(batch), "v");
    published.store(batch, std::memory_order_release);
  }
  first.join();
  second.join();
  CHECK(wrong == 0);
}

} // namespace tusker
