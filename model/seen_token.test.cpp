#include <tusker/model/seen_token.hpp>

#include <tusker_test/catch.hpp>

using tusker::log_id;
using tusker::log_offset;
using tusker::position;
using tusker::seen_token;

TEST_CASE("a token that has seen nothing stands before all events of every log") {
  CHECK(seen_token().offset_of(log_id(0)) == tusker::before_all_events);
  CHECK(seen_token().offset_of(log_id(9)) == tusker::before_all_events);
  CHECK(seen_token(position{}) == seen_token());
}

TEST_CASE("a token keeps the furthest offset of each log") {
  seen_token token(position{log_id(1), log_offset(5)});
  token.merge(position{log_id(1), log_offset(3)});
  CHECK(token.offset_of(log_id(1)) == log_offset(5));
  token.merge(position{log_id(1), log_offset(8)});
  CHECK(token.offset_of(log_id(1)) == log_offset(8));
  CHECK(token.offset_of(log_id(2)) == tusker::before_all_events);
}

TEST_CASE("merged tokens have seen what either has seen") {
  seen_token left(position{log_id(1), log_offset(5)});
  left.merge(position{log_id(2), log_offset(1)});
  seen_token right(position{log_id(2), log_offset(7)});
  right.merge(position{log_id(3), log_offset(2)});
  auto merged = left;
  merged.merge(right);
  CHECK(merged.offset_of(log_id(1)) == log_offset(5));
  CHECK(merged.offset_of(log_id(2)) == log_offset(7));
  CHECK(merged.offset_of(log_id(3)) == log_offset(2));
  auto reversed = right;
  reversed.merge(left);
  CHECK(merged == reversed);
  merged.merge(merged);
  CHECK(merged == reversed);
}
