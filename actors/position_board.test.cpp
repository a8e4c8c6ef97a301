#include <tusker/actors/position_board.hpp>

#include <tusker_test/catch.hpp>

#include <atomic>
#include <thread>

namespace tusker {

TEST_CASE("who waits for a position is called once, when the log is behind it or already was") {
  position_board board;
  std::vector<std::uint64_t> told;
  auto note = [&](log_offset head) { told.push_back(head.value()); };
  board.await(log_id(0), log_offset(0), note);
  board.await(log_id(0), log_offset(5), note);
  CHECK(board.waiting() == 2);
  board.announce(log_id(0), log_offset(3));
  CHECK(told == std::vector<std::uint64_t>{3});
  board.announce(log_id(0), log_offset(5));
  CHECK(told.size() == 1);
  board.announce(log_id(0), log_offset(9));
  CHECK(told == std::vector<std::uint64_t>{3, 9});
  board.await(log_id(0), log_offset(8), note);
  CHECK(told == std::vector<std::uint64_t>{3, 9, 9});
  CHECK(board.waiting() == 0);
}

TEST_CASE("positions only rise, and logs know nothing of each other") {
  position_board board;
  board.announce(log_id(1), log_offset(7));
  board.announce(log_id(1), log_offset(4));
  CHECK(board.head(log_id(1)) == log_offset(7));
  CHECK(board.head(log_id(2)) == before_all_events);
  auto called = false;
  board.await(log_id(2), log_offset(0), [&](log_offset) { called = true; });
  board.announce(log_id(1), log_offset(9));
  CHECK_FALSE(called);
}

TEST_CASE("who has left is not called") {
  position_board board;
  auto called = false;
  auto waiting = board.await(log_id(0), log_offset(0), [&](log_offset) { called = true; });
  board.forget(waiting);
  board.announce(log_id(0), log_offset(1));
  CHECK_FALSE(called);
}

TEST_CASE("a listener may wait again while it is called") {
  position_board board;
  std::vector<std::uint64_t> told;
  position_board::listener follow = [&](log_offset head) {
    told.push_back(head.value());
    board.await(log_id(0), head, follow);
  };
  board.await(log_id(0), log_offset(0), follow);
  for (std::uint64_t head = 1; head <= 3; ++head)
    board.announce(log_id(0), log_offset(head));
  CHECK(told == std::vector<std::uint64_t>{1, 2, 3});
}

TEST_CASE("no announcement is missed between the look and the wait, whatever the threads do") {
  constexpr std::uint64_t last = 20'000;
  position_board board;
  std::atomic<std::uint64_t> seen = 0;
  std::atomic<bool> is_done = false;
  position_board::listener follow = [&](log_offset head) {
    seen = head.value();
    if (head.value() == last)
      is_done = true;
    else
      board.await(log_id(0), head, follow);
  };
  board.await(log_id(0), log_offset(0), follow);
  std::thread writer([&] {
    for (std::uint64_t head = 1; head <= last; ++head)
      board.announce(log_id(0), log_offset(head));
  });
  writer.join();
  CHECK(is_done);
  CHECK(seen == last);
}

} // namespace tusker
