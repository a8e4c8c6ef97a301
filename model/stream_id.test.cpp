#include <tusker/model/stream_id.hpp>

#include <tusker/model/model_errc.hpp>

#include <tusker_test/catch.hpp>

#include <string>
#include <unordered_set>

using tusker::stream_id;

namespace {

auto is_invalid(const tusker::result<stream_id>& stream) -> bool {
  return !stream && stream.error().code() == tusker::model_errc::invalid_name;
}

} // namespace

TEST_CASE("a stream's name is its category and its key with a dash between") {
  auto stream = stream_id::make("order", "nw-10248");
  REQUIRE(stream);
  CHECK(stream->name() == "order-nw-10248");
  CHECK(stream->category() == "order");
  CHECK(stream->key() == "nw-10248");
}

TEST_CASE("the category of a name ends at its first dash") {
  auto stream = stream_id::parse("order-nw-10248");
  REQUIRE(stream);
  CHECK(*stream == *stream_id::make("order", "nw-10248"));
  CHECK(stream->category() == "order");
}

TEST_CASE("a category is lower-case letters digits and underscores with a letter first") {
  for (const auto* text : {"a", "order", "order_line", "v2", "a_"})
    CHECK(tusker::is_category(text));
  for (const auto* text : {"", "Order", "2v", "_a", "order line", "órder", "order-", "a.b"}) {
    CHECK_FALSE(tusker::is_category(text));
    CHECK(is_invalid(stream_id::make(text, "1")));
  }
  CHECK(tusker::is_category(std::string(tusker::category_bytes_max, 'a')));
  CHECK_FALSE(tusker::is_category(std::string(tusker::category_bytes_max + 1, 'a')));
}

TEST_CASE("a key is any text without control characters") {
  for (const auto* key : {"1", "-", "a b", "Ünïcode", "\xF0\x9F\x90\x98", "\"quoted\"", "a/b"})
    CHECK(stream_id::make("order", key));
  CHECK(is_invalid(stream_id::make("order", "")));
  CHECK(is_invalid(stream_id::make("order", "a\nb")));
  CHECK(is_invalid(stream_id::make("order", std::string_view("a\0b", 3))));
  CHECK(is_invalid(stream_id::make("order", "a\x7F")));
  CHECK(is_invalid(stream_id::make("order", "\xFF")));
  CHECK(is_invalid(stream_id::make("order", "\xC3")));
}

TEST_CASE("a stream's name has at most 1,024 bytes") {
  auto longest = std::string(tusker::stream_name_bytes_max - 2, 'k');
  REQUIRE(stream_id::make("a", longest));
  CHECK(stream_id::make("a", longest)->name().size() == tusker::stream_name_bytes_max);
  auto too_long = stream_id::make("a", longest + "k");
  CHECK(is_invalid(too_long));
  CHECK(too_long.error().message() == "a stream name of category 'a' has 1025 bytes, the limit is 1024");
}

TEST_CASE("a name without a category or a key is refused") {
  for (const auto* name : {"", "order", "-1", "order-", "Order-1"})
    CHECK(is_invalid(stream_id::parse(name)));
  CHECK(stream_id::parse("order").error().message() ==
        "'order' is not a stream name: it lacks the dash between category and key");
}

TEST_CASE("a stream id without a name has no parts") {
  CHECK(stream_id().name().empty());
  CHECK(stream_id().category().empty());
  CHECK(stream_id().key().empty());
}

TEST_CASE("stream ids are equal ordered and hashed by their names") {
  auto one = *stream_id::make("order", "1");
  auto two = *stream_id::make("order", "2");
  CHECK(one < two);
  CHECK(one != two);
  std::unordered_set<stream_id> streams{one, two, *stream_id::parse("order-1")};
  CHECK(streams.size() == 2);
}
