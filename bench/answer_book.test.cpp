#include <tusker/bench/answer_book.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker_test/catch.hpp>

namespace tusker::bench {

namespace {

/// Two aggregates, two commands each, all answered with receipts.
auto full_book() -> answer_book {
  answer_book book(2);
  for (std::uint64_t command = 0; command < 4; ++command) {
    book.sent(command % 2);
    book.answered(command % 2, receipt{});
  }
  return book;
}

auto sums(std::int64_t first, std::int64_t second) {
  return [first, second](std::uint64_t number) { return result<std::int64_t>(number == 0 ? first : second); };
}

} // namespace

TEST_CASE("a book in which every command has its answer is right, and so are the states it promises") {
  auto book = full_book();
  CHECK(book.is_each_answered_once());
  CHECK(book.are_states_right(sums(2, 2)));
  CHECK(book.receipts() == 4);
}

TEST_CASE("a command without an answer is found, and one with two") {
  auto book = full_book();
  book.sent(1);
  CHECK_FALSE(book.is_each_answered_once());
  book.answered(1, receipt{});
  CHECK(book.is_each_answered_once());
  book.answered(1, receipt{});
  CHECK_FALSE(book.is_each_answered_once());
}

TEST_CASE("an answer to the wrong aggregate does not make up for one that is missing") {
  answer_book book(2);
  book.sent(0);
  book.sent(1);
  book.answered(0, receipt{});
  book.answered(0, receipt{});
  CHECK_FALSE(book.is_each_answered_once());
}

TEST_CASE("a state that has an effect too few or too many is found, and one that cannot be read") {
  auto book = full_book();
  CHECK_FALSE(book.are_states_right(sums(2, 1)));
  CHECK_FALSE(book.are_states_right(sums(3, 2)));
  auto unreadable = [](std::uint64_t) -> result<std::int64_t> { return fail(runtime_errc::stopped, "gone"); };
  CHECK_FALSE(book.are_states_right(unreadable));
}

TEST_CASE("a refused command has no effect, one that timed out may have it") {
  answer_book book(2);
  book.sent(0);
  book.answered(0, fail(runtime_errc::overloaded, "full"));
  book.sent(1);
  book.answered(1, fail(runtime_errc::timed_out, "late"));
  CHECK(book.is_each_answered_once());
  CHECK(book.errors() == 2);
  CHECK(book.are_states_right(sums(0, 0)));
  CHECK(book.are_states_right(sums(0, 1)));
  CHECK_FALSE(book.are_states_right(sums(1, 0)));
}

} // namespace tusker::bench
