#include <tusker/model/timestamp.hpp>

#include <tusker/model/model_errc.hpp>

#include <tusker_test/catch.hpp>

#include <random>

using namespace std::chrono_literals;
using tusker::parse_timestamp;
using tusker::timestamp;

namespace {

auto round_trip(const std::string& text) -> std::string {
  auto time = parse_timestamp(text);
  return time ? tusker::to_string(*time) : time.error().message();
}

} // namespace

TEST_CASE("a time is written in UTC with microseconds") {
  CHECK(tusker::to_string(timestamp{}) == "1970-01-01T00:00:00.000000Z");
  CHECK(tusker::to_string(timestamp(1645557742000001us)) == "2022-02-22T19:22:22.000001Z");
}

TEST_CASE("a fraction of a second has zero to six digits") {
  CHECK(round_trip("2026-11-23T09:30:00Z") == "2026-11-23T09:30:00.000000Z");
  CHECK(round_trip("2026-11-23T09:30:00.5Z") == "2026-11-23T09:30:00.500000Z");
  CHECK(round_trip("2026-11-23T09:30:00.012Z") == "2026-11-23T09:30:00.012000Z");
  CHECK(round_trip("2026-11-23T23:59:59.999999Z") == "2026-11-23T23:59:59.999999Z");
}

TEST_CASE("a bare date is its midnight") {
  CHECK(round_trip("1996-07-04") == "1996-07-04T00:00:00.000000Z");
}

TEST_CASE("leap years have a 29th of February and others do not") {
  CHECK(parse_timestamp("2024-02-29"));
  CHECK(parse_timestamp("2000-02-29"));
  CHECK_FALSE(parse_timestamp("2023-02-29"));
  CHECK_FALSE(parse_timestamp("1900-02-29"));
}

TEST_CASE("times before 1970 are read and written as well") {
  CHECK(round_trip("1969-12-31T23:59:59.999999Z") == "1969-12-31T23:59:59.999999Z");
  CHECK(*parse_timestamp("1969-12-31T23:59:59.999999Z") == timestamp(-1us));
  CHECK(round_trip("1582-10-04") == "1582-10-04T00:00:00.000000Z");
}

TEST_CASE("the first and the last time that can be named are read back") {
  CHECK(tusker::to_string(tusker::timestamp_min) == "0000-01-01T00:00:00.000000Z");
  CHECK(tusker::to_string(tusker::timestamp_max) == "9999-12-31T23:59:59.999999Z");
  CHECK(parse_timestamp("0000-01-01") == tusker::timestamp_min);
  CHECK(parse_timestamp("9999-12-31T23:59:59.999999Z") == tusker::timestamp_max);
}

TEST_CASE("what is no time is refused by name") {
  for (const auto* text : {"",
                           "2026",
                           "2026-11",
                           "2026-11-23T",
                           "2026-11-23T09:30",
                           "2026-11-23T09:30:00",
                           "2026-11-23 09:30:00Z",
                           "2026-11-23T09:30:00+01:00",
                           "2026-11-23t09:30:00Z",
                           "2026-11-23T09:30:00z",
                           "2026-11-23T24:00:00Z",
                           "2026-11-23T09:60:00Z",
                           "2026-11-23T09:30:60Z",
                           "2026-11-23T09:30:00.Z",
                           "2026-11-23T09:30:00.1234567Z",
                           "2026-11-23T09:30:00.5",
                           "2026-11-23T09:30:00ZZ",
                           "2026-13-01",
                           "2026-00-01",
                           "2026-04-31",
                           "2026-01-00",
                           "2026-1-01",
                           "2026-01-1",
                           "-026-01-01",
                           "+026-01-01",
                           "2026--1-01",
                           "20261123",
                           " 2026-11-23",
                           "2026-11-23 ",
                           "10000-01-01",
                           "2026-11-23T-1:00:00Z",
                           "abcd-ef-gh"}) {
    INFO(text);
    auto time = parse_timestamp(text);
    REQUIRE_FALSE(time);
    CHECK(time.error().code() == tusker::model_errc::malformed_time);
    CHECK(time.error().message().find("'" + std::string(text) + "'") == 0);
  }
}

TEST_CASE("the first and the last time that can be counted are written too") {
  CHECK(tusker::to_string(tusker::timestamp::min()).ends_with("T19:59:05.224192Z"));
  CHECK(tusker::to_string(tusker::timestamp::max()).ends_with("T04:00:54.775807Z"));
}

TEST_CASE("every time that can be named is read back as it was written") {
  std::mt19937_64 engine(1);
  auto span = static_cast<std::uint64_t>((tusker::timestamp_max - tusker::timestamp_min).count());
  for (auto round = 0; round < 5000; ++round) {
    auto time = tusker::timestamp_min + std::chrono::microseconds(static_cast<std::int64_t>(engine() % span));
    REQUIRE(parse_timestamp(tusker::to_string(time)) == time);
  }
}
