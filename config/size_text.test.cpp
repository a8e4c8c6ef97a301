#include <tusker/config/size_text.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker_test/catch.hpp>

#include <cstdint>
#include <string>

namespace tusker {
namespace {

TEST_CASE("a size is read from a number with a unit, and written in the largest one that says it") {
  auto [text, bytes] = GENERATE(table<std::string, std::uint64_t>({
      {"0B", 0},
      {"512B", 512},
      {"1KiB", 1'024},
      {"1025B", 1'025},
      {"4MiB", 4'194'304},
      {"64GiB", 68'719'476'736},
      {"16TiB", 17'592'186'044'416},
  }));
  CHECK(parse_size(text).value() == bytes);
  CHECK(size_text(bytes) == text);
}

TEST_CASE("units of ten are read too") {
  CHECK(parse_size("2kB").value() == 2'000);
  CHECK(parse_size("3GB").value() == 3'000'000'000);
}

TEST_CASE("what is no size is refused with what was expected") {
  auto text = GENERATE(as<std::string>(), "", "5", "MiB", "4 MiB", "-1B", "4mib", "4MiBs", "1.5MiB",
                       "16777216TiB", "99999999999999999999B");
  auto failure = parse_size(text).error();
  CHECK(failure.code() == config_errc::malformed);
  CHECK(failure.message().find("found \"" + text + "\"") != std::string::npos);
}

} // namespace
} // namespace tusker
