#include <tusker/model/named_number.hpp>

#include <tusker/model/position.hpp>
#include <tusker/model/stream_version.hpp>

#include <tusker_test/catch.hpp>

#include <type_traits>

TEST_CASE("a named number counts on and back") {
  CHECK(tusker::stream_version(4).next() == tusker::stream_version(5));
  CHECK(tusker::stream_version(4).next(6) == tusker::stream_version(10));
  CHECK(tusker::stream_version(4).previous() == tusker::stream_version(3));
  CHECK(tusker::stream_version() == tusker::empty_stream);
}

TEST_CASE("named numbers are in the order of their values") {
  CHECK(tusker::log_offset(1) < tusker::log_offset(2));
  CHECK(tusker::before_all_events < tusker::log_offset(1));
  CHECK(tusker::log_offset(3) >= tusker::log_offset(3));
}

TEST_CASE("named numbers of different meaning do not mix") {
  STATIC_REQUIRE_FALSE(std::is_convertible_v<std::uint64_t, tusker::log_offset>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<tusker::stream_version, tusker::log_offset>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<tusker::log_offset, tusker::stream_version>);
}
