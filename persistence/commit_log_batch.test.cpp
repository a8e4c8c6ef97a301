#include <tusker/persistence/commit_log_batch.hpp>

#include <tusker_test/catch.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace tusker {

namespace {

auto changes_in(std::string_view encoded) -> result<std::vector<row_change>> {
  std::vector<row_change> all;
  auto outcome = read_changes(encoded, [&](const row_change& change) -> result<void> {
    all.push_back(change);
    return {};
  });
  if (!outcome)
    return fail(outcome.error());
  return all;
}

auto sample_changes() -> std::vector<row_change> {
  static const auto large = std::string(70'000, 'v');
  return {{1, row_change_kind::put_new, "key", "value"},
          {11, row_change_kind::erase, std::string_view("\0k", 2), ""},
          {0, row_change_kind::put, std::string_view(large).substr(0, 511), large},
          {255, row_change_kind::put, "empty", ""}};
}

} // namespace

TEST_CASE("row changes come back from a batch as they were added, in order") {
  commit_log_batch batch;
  CHECK(batch.is_empty());
  for (const auto& change : sample_changes())
    batch.add(change);
  CHECK_FALSE(batch.is_empty());
  auto found = changes_in(batch.view());
  REQUIRE(found);
  CHECK(*found == sample_changes());
  batch.clear();
  CHECK(batch.is_empty());
  CHECK(changes_in(batch.view())->empty());
}

TEST_CASE("row changes have the bytes of the storage format") {
  commit_log_batch batch;
  batch.add({2, row_change_kind::put_new, "key", "val"});
  batch.add({9, row_change_kind::erase, "id", ""});
  using namespace std::string_view_literals;
  CHECK(batch.view() == "\x02\x02\x03\x00\x03\x00\x00\x00keyval\x03\x09\x02\x00id"sv);
}

TEST_CASE("a batch that is cut off within a change is corrupt, and all before the cut is given") {
  commit_log_batch batch;
  batch.add({1, row_change_kind::put, "key", "value"});
  auto first = batch.view().size();
  batch.add({2, row_change_kind::erase, "key", ""});
  auto all = std::string(batch.view());
  for (std::size_t bytes = 1; bytes < all.size(); ++bytes) {
    std::size_t given = 0;
    auto outcome =
        read_changes(std::string_view(all).substr(0, bytes), [&](const row_change&) -> result<void> {
          ++given;
          return {};
        });
    CHECK(given == (bytes >= first ? 1 : 0));
    CHECK(outcome.has_value() == (bytes == first));
    if (!outcome)
      CHECK(outcome.error().code() == journal_errc::corrupt);
  }
}

TEST_CASE("a kind of change that nobody knows is corrupt") {
  commit_log_batch batch;
  batch.add({1, row_change_kind::put, "key", "value"});
  for (auto kind : {'\0', '\4', '\xff'}) {
    auto bytes = std::string(batch.view());
    bytes[0] = kind;
    CHECK(changes_in(bytes).error().code() == journal_errc::corrupt);
  }
}

TEST_CASE("a visitor of changes ends the reading with an error of its own") {
  commit_log_batch batch;
  batch.add({1, row_change_kind::put, "key", "value"});
  batch.add({2, row_change_kind::put, "key", "value"});
  int visits = 0;
  auto outcome = read_changes(batch.view(), [&](const row_change&) -> result<void> {
    ++visits;
    return fail(journal_errc::storage_full, "no more");
  });
  CHECK(visits == 1);
  CHECK(outcome.error().code() == journal_errc::storage_full);
}

} // namespace tusker
