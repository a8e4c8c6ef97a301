#include <tusker/persistence/receipt_age.hpp>

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

namespace tusker {

using namespace sample;

namespace {

const auto timeless = command_id(must(parse_uuid("00000000-0000-4000-8000-000000000001")));

} // namespace

TEST_CASE("only a UUIDv7 has a time in it") {
  CHECK(time_of_command(command_numbered(5)) == time_at(5));
  CHECK_FALSE(time_of_command(timeless));
  CHECK_FALSE(time_of_command({}));
}

TEST_CASE("a receipt is droppable when both its command and its recording are older than the horizon") {
  auto horizon = time_at(100);
  CHECK(is_droppable(command_numbered(99), time_at(99), horizon));
  CHECK_FALSE(is_droppable(command_numbered(100), time_at(99), horizon));
  CHECK_FALSE(is_droppable(command_numbered(99), time_at(100), horizon));
  CHECK_FALSE(is_droppable(timeless, time_at(1), horizon));
}

TEST_CASE("what was dropped may be forgotten, and nothing that is a millisecond younger") {
  auto kept_from = kept_after(time_at(50));
  CHECK(may_be_forgotten(command_numbered(50), kept_from));
  CHECK_FALSE(may_be_forgotten(command_numbered(51), kept_from));
  CHECK_FALSE(may_be_forgotten(timeless, kept_from));
  CHECK_FALSE(may_be_forgotten(command_numbered(50), timestamp{}));
}

TEST_CASE("the horizon of a time near the beginning of time is the beginning of ids") {
  CHECK(receipt_horizon(timestamp::min(), std::chrono::hours(1)) == timestamp{});
  CHECK(receipt_horizon(timestamp{} + std::chrono::hours(3), std::chrono::hours(1)) ==
        timestamp{} + std::chrono::hours(2));
}

} // namespace tusker
