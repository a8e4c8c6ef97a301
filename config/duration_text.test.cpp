#include <tusker/config/duration_text.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker_test/catch.hpp>

#include <string>
#include <utility>

namespace tusker {
namespace {

using std::chrono::milliseconds;

TEST_CASE("a time is read from numbers with units, and written as it is read") {
  auto [text, ms] = GENERATE(table<std::string, std::int64_t>({
      {"0ms", 0},
      {"250ms", 250},
      {"5s", 5'000},
      {"1m30s", 90'000},
      {"1h", 3'600'000},
      {"30d", 2'592'000'000},
      {"1d1h1m1s1ms", 90'061'001},
  }));
  CHECK(parse_duration(text).value() == milliseconds(ms));
  CHECK(duration_text(milliseconds(ms)) == text);
}

TEST_CASE("a time that could be said shorter is read as well") {
  CHECK(parse_duration("90s").value() == milliseconds(90'000));
  CHECK(duration_text(milliseconds(90'000)) == "1m30s");
}

TEST_CASE("what is no time is refused with what was expected") {
  auto text = GENERATE(as<std::string>(), "", "5", "ms", "5 s", "-5s", "5x", "5s5m", "5s5s", "1.5s", "s5",
                       "5ss", "9223372036854775807d", "99999999999999999999s");
  auto failure = parse_duration(text).error();
  CHECK(failure.code() == config_errc::malformed);
  CHECK(failure.message() ==
        "expected a time with its unit, such as \"250ms\", \"5s\" or \"1h30m\" (d, h, m, s, ms), "
        "found \"" +
            text + "\"");
}

} // namespace
} // namespace tusker
