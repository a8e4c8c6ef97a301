#include <tusker/cli/number_text.hpp>

#include <tusker_test/catch.hpp>

#include <limits>

using namespace tusker::cli;

TEST_CASE("numbers are grouped in thousands") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1'000) == "1,000");
  CHECK(grouped(1'234'567) == "1,234,567");
  CHECK(fixed(12'345.678, 1) == "12,345.7");
  CHECK(fixed(0.0, 3) == "0.000");
  CHECK(fixed(std::numeric_limits<double>::quiet_NaN(), 1) == "?");
}

TEST_CASE("cents are written as money") {
  CHECK(money_text(0) == "0.00");
  CHECK(money_text(5) == "0.05");
  CHECK(money_text(44'000) == "440.00");
  CHECK(money_text(123'456'789) == "1,234,567.89");
  CHECK(money_text(-5) == "-0.05");
  CHECK(money_text(std::numeric_limits<std::int64_t>::min()) == "-92,233,720,368,547,758.08");
}
