#include <tusker/persistence/read_model_changes.hpp>

#include <tusker/persistence/memory_read_store.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <random>

namespace tusker {

namespace {

using sample::must;

/// A store with a projection and some rows.
struct site {
  std::unique_ptr<read_store> store = must(open_memory_read_store());
  model_number model = must(store->add_projection("p", projection_version(1))).serving.number;
  log_offset at;

  void commit(std::vector<read_write> writes) {
    auto to = at.next();
    auto step = read_commit{"p", model, log_id(0), epoch(0), at, to, std::move(writes), {}};
    REQUIRE(must(store->commit(step)) == commit_verdict(read_committed()));
    at = to;
  }
};

auto row(std::string key, std::string value) -> put_row {
  return {"t", std::move(key), std::move(value)};
}

} // namespace

TEST_CASE("rows are put into no index that those before them are not in") {
  site of;
  auto is_refused = [](const result<void>& checked) {
    return !checked && checked.error().code() == read_store_errc::unknown_index;
  };
  read_model_changes changes(*of.store, of.model);
  CHECK(changes.check_index("t", "by_size"));
  of.commit({{put_row{"t", "1", "one", {{"by_size", "3"}}}}});
  CHECK(changes.check_index("t", "by_size"));
  CHECK(is_refused(changes.check_index("t", "by_name")));
  CHECK(changes.check_index("other", "by_name"));
  changes.mark();
  changes.clear("t");
  CHECK(changes.check_index("t", "by_name"));
  // What was found while the table was to be cleared holds no longer.
  changes.undo();
  CHECK(is_refused(changes.check_index("t", "by_name")));
}

TEST_CASE(
    "a handler reads what it wrote before it is committed, and what is committed where it wrote nothing") {
  site of;
  of.commit({row("1", "one"), row("2", "two")});
  read_model_changes changes(*of.store, of.model);
  CHECK(must(changes.get("t", "1")) == "one");
  changes.put(row("1", "uno"));
  changes.put(row("3", "tre"));
  changes.erase("t", "2");
  CHECK(must(changes.get("t", "1")) == "uno");
  CHECK_FALSE(must(changes.get("t", "2")));
  CHECK(must(changes.get("t", "3")) == "tre");
  CHECK_FALSE(must(changes.get("other", "1")));
  CHECK(must(of.store->get(of.model, "t", "1")) == "one");
}

TEST_CASE("the last write of a row wins, and each row is written once") {
  site of;
  read_model_changes changes(*of.store, of.model);
  changes.put(row("2", "first"));
  changes.erase("t", "1");
  changes.put(row("2", "second"));
  changes.put(row("1", "again"));
  changes.erase("t", "2");
  CHECK(changes.entries() == 2);
  CHECK(changes.take() == std::vector<read_write>{row("1", "again"), erase_row{"t", "2"}});
  CHECK(changes.take().empty());
  CHECK(changes.entries() == 0);
  CHECK(changes.bytes() == 0);
}

TEST_CASE("a table that is cleared has what was put since alone") {
  site of;
  of.commit({row("1", "one"), row("2", "two")});
  read_model_changes changes(*of.store, of.model);
  changes.put(row("3", "tre"));
  changes.clear("t");
  CHECK_FALSE(must(changes.get("t", "1")));
  CHECK_FALSE(must(changes.get("t", "3")));
  changes.put(row("2", "due"));
  changes.put(row("4", "gone"));
  changes.erase("t", "4");
  changes.erase("t", "1");
  CHECK(must(changes.get("t", "2")) == "due");
  auto writes = changes.take();
  CHECK(writes == std::vector<read_write>{clear_table{"t"}, row("2", "due")});
  of.commit(std::move(writes));
  CHECK(must(of.store->scan(of.model, {"t"})).rows == std::vector{read_row{"2", "due"}});
}

TEST_CASE("any changes through the overlay leave the rows that the same changes leave one by one") {
  std::mt19937 random(1); // NOLINT: the same changes in every run
  site overlaid;
  site plain;
  for (auto batch = 0; batch < 60; ++batch) {
    read_model_changes changes(*overlaid.store, overlaid.model);
    for (auto count = random() % 12; count > 0; --count) {
      auto key = std::to_string(random() % 6);
      auto value = std::to_string(random() % 100);
      switch (random() % 9) {
      case 0:
        changes.clear("t");
        plain.commit({clear_table{"t"}});
        break;
      case 1:
      case 2:
      case 3:
        changes.erase("t", key);
        plain.commit({erase_row{"t", key}});
        break;
      default:
        changes.put({"t", key, value, {{"by", value}}});
        plain.commit({put_row{"t", key, value, {{"by", value}}}});
      }
      auto probed = std::to_string(random() % 6);
      REQUIRE(must(changes.get("t", probed)) == must(plain.store->get(plain.model, "t", probed)));
    }
    auto counted = std::pair(changes.entries(), changes.bytes());
    auto writes = changes.take();
    auto wanted = std::pair(std::size_t{0}, std::size_t{0});
    for (const auto& write : writes) {
      wanted.first += entries_in(write);
      wanted.second += size_of(write);
    }
    REQUIRE(counted == wanted);
    overlaid.commit(std::move(writes));
    REQUIRE(must(overlaid.store->digest(overlaid.model)) == must(plain.store->digest(plain.model)));
  }
}

TEST_CASE("what was changed since the mark is taken back, and what was changed before stays") {
  site of;
  of.commit({row("1", "one"), row("2", "two")});
  read_model_changes changes(*of.store, of.model);
  changes.put(row("1", "uno"));
  changes.put(row("3", "tre"));
  auto entries = changes.entries();
  auto bytes = changes.bytes();
  changes.mark();
  changes.put(row("1", "eins"));
  changes.erase("t", "3");
  changes.put(row("4", "four"));
  changes.clear("t");
  changes.put(row("5", "five"));
  changes.put(row("5", "cinque"));
  changes.erase("t", "5");
  changes.put(row("6", "six"));
  changes.undo();
  CHECK(changes.entries() == entries);
  CHECK(changes.bytes() == bytes);
  CHECK(must(changes.get("t", "2")) == "two");
  CHECK(changes.take() == std::vector<read_write>{row("1", "uno"), row("3", "tre")});
}

TEST_CASE("whatever is changed, taken back or kept, comes to the rows of those that were kept") {
  auto seed = GENERATE(range(1U, 40U));
  std::mt19937 random(seed);
  site of;
  of.commit({row("0", "zero"), row("1", "one")});
  read_model_changes changes(*of.store, of.model);
  read_model_changes kept(*of.store, of.model);
  auto draw = [&](unsigned count) { return random() % count; };
  for (auto event = 0; event < 30; ++event) {
    auto is_kept = draw(2) == 0;
    changes.mark();
    for (auto steps = draw(4); steps > 0; --steps) {
      auto kind = draw(8);
      auto key = std::to_string(draw(4));
      auto value = std::to_string(draw(1'000));
      auto change = [&](read_model_changes& to) {
        if (kind == 0)
          return to.clear("t");
        return kind < 3 ? to.erase("t", key) : to.put(row(key, value));
      };
      change(changes);
      if (is_kept)
        change(kept);
    }
    if (!is_kept)
      changes.undo();
    REQUIRE(changes.entries() == kept.entries());
    REQUIRE(changes.bytes() == kept.bytes());
  }
  CHECK(changes.take() == kept.take());
}

} // namespace tusker
