#include <tusker/model/expected_version.hpp>

#include <tusker_test/catch.hpp>

using tusker::is_met;
using tusker::stream_version;

TEST_CASE("a writer that expects nothing is met by every stream") {
  CHECK(is_met(tusker::any, stream_version(0)));
  CHECK(is_met(tusker::any, stream_version(7)));
}

TEST_CASE("no stream is met by an empty stream only") {
  CHECK(is_met(tusker::no_stream, stream_version(0)));
  CHECK_FALSE(is_met(tusker::no_stream, stream_version(1)));
}

TEST_CASE("stream exists is met by every stream that is not empty") {
  CHECK_FALSE(is_met(tusker::stream_exists, stream_version(0)));
  CHECK(is_met(tusker::stream_exists, stream_version(1)));
}

TEST_CASE("an exact version is met by that version only") {
  CHECK(is_met(tusker::exact(3), stream_version(3)));
  CHECK_FALSE(is_met(tusker::exact(3), stream_version(2)));
  CHECK_FALSE(is_met(tusker::exact(3), stream_version(4)));
  CHECK(is_met(tusker::exact(0), tusker::empty_stream));
}

TEST_CASE("an expectation is written in a word or as a number") {
  CHECK(to_string(tusker::expected_version(tusker::any)) == "any");
  CHECK(to_string(tusker::expected_version(tusker::no_stream)) == "no_stream");
  CHECK(to_string(tusker::expected_version(tusker::stream_exists)) == "stream_exists");
  CHECK(to_string(tusker::expected_version(tusker::exact(12))) == "12");
}

TEST_CASE("an expectation that nobody stated is any") {
  CHECK(tusker::expected_version{} == tusker::expected_version(tusker::any));
}
