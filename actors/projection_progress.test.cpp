#include <tusker/actors/projection_progress.hpp>

#include <tusker/actors/followed_log.hpp>
#include <tusker_test/catch.hpp>

#include <memory>

using namespace tusker;

TEST_CASE("who waits for a position is told of rows that this code has made, and of no others") {
  auto board = std::make_shared<position_board>();
  projection_progress progress(board);
  auto seen = 0;
  (void)board->await(followed_log, log_offset(39), [&](log_offset) { ++seen; });
  progress.begin_at(log_offset(40), told_to::status);
  CHECK(progress.position() == log_offset(40));
  CHECK(seen == 0);
  progress.begin_at(log_offset(40), told_to::all);
  CHECK(seen == 1);
}

TEST_CASE("a rebuild tells nobody of its position before it serves") {
  auto board = std::make_shared<position_board>();
  projection_progress before(board);
  projection_progress built;
  auto seen = 0;
  (void)board->await(followed_log, log_offset(4), [&](log_offset) { ++seen; });
  built.begin_at(log_offset(0), told_to::all);
  built.note_commit(log_offset(5), 5, 0, timestamp());
  CHECK(seen == 0);
  built.serve(before, board);
  CHECK(seen == 1);
}

TEST_CASE("a rebuild tells how long it will take once it has a rate") {
  projection_progress built;
  auto now = timestamp(std::chrono::hours(1));
  built.begin_at(log_offset(10), told_to::status);
  CHECK_FALSE(built.as_rebuild(log_offset(100), now).time_left);
  built.set_position(log_offset(30), now);
  auto told = built.as_rebuild(log_offset(100), now + std::chrono::seconds(2));
  CHECK(told.events_per_second == 10);
  CHECK(told.time_left == std::chrono::seconds(7));
  CHECK(built.as_rebuild(log_offset(30), now).time_left == std::chrono::seconds(0));
}
