#include <tusker/persistence/journal_tail.hpp>

#include <tusker_test/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tusker {

namespace {

void write(journal_tail& tail, std::string_view key, std::string_view value) {
  (void)tail.begin();
  tail.add({0, row_change_kind::put, key, value});
  tail.publish();
}

/// The value that a view shows; `-` for none.
auto value_of(const tail_view& view, std::string_view key) -> std::string {
  for (const auto& seen : view.parts) {
    tail_rows::cursor row(seen.part->rows, 0, seen.sequence_max);
    if (row.seek(key) && row.key() == key)
      return std::string(row.value());
  }
  return "-";
}

} // namespace

TEST_CASE("what is not published is seen by the writer alone") {
  journal_tail tail(10);
  write(tail, "a", "1");
  auto writers = tail.begin();
  tail.add({0, row_change_kind::put, "a", "2"});
  CHECK(value_of(writers, "a") == "2");
  CHECK(value_of(tail.view(), "a") == "1");
  CHECK(tail.sequence() == 11);
  tail.publish();
  CHECK(value_of(tail.view(), "a") == "2");
  CHECK(tail.sequence() == 12);
}

TEST_CASE("a view stays as it was taken") {
  journal_tail tail(0);
  write(tail, "a", "1");
  auto view = tail.view();
  write(tail, "a", "2");
  auto part = tail.oldest();
  REQUIRE(part);
  tail.drop_oldest();
  part.reset();
  CHECK(value_of(view, "a") == "1");
  CHECK(value_of(tail.view(), "a") == "-");
}

TEST_CASE("a batch that is given up is never seen, and its number goes to the next one") {
  journal_tail tail(0);
  write(tail, "a", "1");
  (void)tail.begin();
  tail.add({0, row_change_kind::put, "a", "given up"});
  tail.give_up();
  CHECK(value_of(tail.view(), "a") == "1");
  write(tail, "b", "2");
  CHECK(tail.sequence() == 2);
  CHECK(value_of(tail.view(), "a") == "1");
  CHECK(value_of(tail.view(), "b") == "2");
  CHECK(value_of(tail.begin(), "a") == "1");
  tail.give_up();
  // Nor does the one who applies it see it.
  auto part = tail.oldest();
  REQUIRE(part);
  CHECK(part->last == 1);
  CHECK(value_of({{{part, part->last}}}, "a") == "1");
}

TEST_CASE("batches that were refused as a whole leave the parts as they are") {
  journal_tail tail(0);
  write(tail, "a", "1");
  for (auto refused = 0; refused < 10; ++refused) {
    (void)tail.begin();
    tail.give_up();
  }
  write(tail, "a", "2");
  auto part = tail.oldest();
  REQUIRE(part);
  CHECK(part->last == 2);
  tail.drop_oldest();
  CHECK(tail.oldest() == nullptr);
}

TEST_CASE("the part that is written is not taken away from under a batch, but as soon as that is complete") {
  journal_tail tail(0);
  write(tail, "a", "1");
  (void)tail.begin();
  tail.add({0, row_change_kind::put, "b", "2"});
  CHECK(tail.oldest() == nullptr);
  CHECK_FALSE(tail.has_sealed());
  tail.add({0, row_change_kind::put, "c", "2"});
  tail.publish();
  CHECK(tail.has_sealed());
  auto part = tail.oldest();
  REQUIRE(part);
  CHECK(part->last == 2);
  CHECK(part->rows.count() == 3);
}

TEST_CASE("parts are taken in their order, and a view leaves out those that its transaction has") {
  journal_tail tail(0);
  write(tail, "a", "1");
  auto first = tail.oldest();
  (void)tail.begin();
  tail.add({0, row_change_kind::put, "a", "2"});
  tail.publish();
  CHECK(tail.oldest() == first);
  auto view = tail.view();
  CHECK(view.parts.size() == 2);
  first->applied_in = 7;
  auto before = view;
  before.leave_out_applied(6);
  CHECK(before.parts.size() == 2);
  view.leave_out_applied(7);
  CHECK(view.parts.size() == 1);
  CHECK(value_of(view, "a") == "2");
}

TEST_CASE("a part that is full makes way for the next one by itself") {
  journal_tail tail(0);
  auto large = std::string(1'000'000, 'x');
  auto batches = 0;
  while (!tail.has_sealed() && batches < 100) {
    write(tail, std::to_string(batches), large);
    ++batches;
  }
  CHECK(batches < 100);
  CHECK(tail.bytes() >= static_cast<std::size_t>(batches) * large.size());
  tail.drop_oldest();
  CHECK(tail.bytes() == 0);
  CHECK(tail.rows() == 0);
}

} // namespace tusker
