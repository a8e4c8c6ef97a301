#include <tusker/model/quoted_text.hpp>

#include <tusker/model/stream_id.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/utf8.hpp>
#include <tusker/model/uuid.hpp>

#include <tusker_test/catch.hpp>

#include <string>

using tusker::quoted;

TEST_CASE("a text is quoted as it is") {
  CHECK(quoted("") == "''");
  CHECK(quoted("Ünïcode \xF0\x9F\x90\x98 'x'") == "'Ünïcode \xF0\x9F\x90\x98 'x''");
}

TEST_CASE("control characters and bytes that are not UTF-8 are quoted by number") {
  CHECK(quoted("a\x1B[2Jb\n") == "'a\\x1b[2Jb\\x0a'");
  CHECK(quoted("\xFF\xC3") == "'\\xff\\xc3'");
  CHECK(quoted(std::string_view("\0", 1)) == "'\\x00'");
}

TEST_CASE("of a long text the front is quoted, and no character is cut in half") {
  auto longest = std::string(tusker::quoted_bytes_max, 'k');
  CHECK(quoted(longest) == "'" + longest + "'");
  CHECK(quoted(longest + "k") == "'" + longest + "…'");
  auto odd = std::string(tusker::quoted_bytes_max - 1, 'k');
  CHECK(quoted(odd + "ä") == "'" + odd + "…'");
  CHECK(quoted(std::string(1'000'000, '\xFF')).size() < tusker::quoted_bytes_max + 10);
}

TEST_CASE("what refuses a text says so in text, and briefly, whatever the text is") {
  auto bytes = std::string("a-\xFF") + std::string(2'000, '\x80');
  for (const auto& message :
       {tusker::parse_uuid(bytes).error().message(), tusker::parse_timestamp(bytes).error().message(),
        tusker::stream_id::parse(bytes).error().message(),
        tusker::stream_id::parse(bytes.substr(2)).error().message(),
        tusker::stream_id::make(bytes, "1").error().message()}) {
    CHECK(tusker::is_utf8(message));
    CHECK(message.size() < 300);
  }
}
