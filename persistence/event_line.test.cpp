#include <tusker/persistence/event_line.hpp>

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker/persistence/transfer_errc.hpp>
#include <tusker_test/catch.hpp>

namespace tusker {

using namespace sample;

namespace {

auto sample_line() -> event_line {
  event_line line;
  line.event.stream = stream_named("order-\xC3\xA9 1");
  line.event.version = stream_version(3);
  line.event.at = {log_id(0), log_offset(17)};
  line.event.shard = shard_id(5);
  line.event.data = event_of("OrderPaid", R"({"content":"}","n":1.10})");
  line.event.data.meta = {"c-7", id_numbered(1), id_numbered(2), "00-01", {{"tenant", "a\"b\n"}}};
  line.event.data.time = time_at(5) + std::chrono::microseconds(7);
  return line;
}

auto fault_of(std::string_view text) -> std::string {
  auto line = decode_event_line(text);
  REQUIRE_FALSE(line);
  CHECK(line.error().code() == transfer_errc::malformed_line);
  return line.error().message();
}

/// The shortest line that is an event, with one part replaced.
auto line_with(const std::string& part, const std::string& by) -> std::string {
  std::string text =
      R"({"stream":"order-1","version":1,"time":"2026-01-01T00:00:00Z","type":"A","schema_version":1,"content":{}})";
  return text.replace(text.find(part), part.size(), by);
}

} // namespace

TEST_CASE("an event comes back from its line with all that it says") {
  auto line = sample_line();
  auto text = must(encode_event_line(line));
  CHECK(text.find('\n') == std::string::npos);
  auto back = must(decode_event_line(text));
  CHECK(back.event == line.event);
  CHECK_FALSE(back.gone);
}

TEST_CASE("a nil id and times before 1970 come back as well") {
  auto line = sample_line();
  line.event.data.id = {};
  line.event.data.meta = {};
  line.event.data.time = timestamp_min;
  CHECK(must(decode_event_line(must(encode_event_line(line)))).event == line.event);
}

TEST_CASE("an event that is gone keeps its place, and says nothing") {
  auto line = sample_line();
  line.gone = GENERATE(event_loss::truncated, event_loss::tombstoned);
  line.event.data.meta = {};
  auto back = must(decode_event_line(must(encode_event_line(line))));
  CHECK(back.gone == line.gone);
  CHECK(back.event.version == line.event.version);
  CHECK(back.event.data.content.type == "OrderPaid");
  CHECK(back.event.data.content.json == "null");
}

TEST_CASE("what cannot be JSON is not exported, and told with its place") {
  auto line = sample_line();
  auto part = GENERATE(0, 1, 2);
  if (part == 0)
    line.event.data.content.json = R"({"n":)";
  else if (part == 1)
    line.event.data.content.json = noise(20);
  else
    line.event.data.meta.subject = "\xFF";
  auto text = encode_event_line(line);
  REQUIRE_FALSE(text);
  CHECK(text.error().code() == transfer_errc::not_exportable);
  CHECK(text.error().message().find("@3 at position 0:17: ") != std::string::npos);
}

TEST_CASE("the shortest line is an event, and its id is the same each time") {
  auto text = line_with("{}", "[ 1 , 2.50 ]");
  auto line = must(decode_event_line(text));
  CHECK(line.event.data.content.json == "[1,2.50]");
  CHECK_FALSE(line.event.data.id.value().is_nil());
  CHECK(must(decode_event_line(text)).event.data.id == line.event.data.id);
}

TEST_CASE("each fault of a line is told") {
  CHECK(fault_of("").find("JSON") != std::string::npos);
  CHECK(fault_of("[]") == "an object was expected, not array");
  CHECK(fault_of(line_with(R"("stream":"order-1",)", "")) == "it has no 'stream'");
  CHECK(fault_of(line_with("order-1", "Order")).starts_with("'stream': "));
  CHECK(fault_of(line_with(R"("version":1)", R"("version":0)")) == "'version': versions count from 1");
  CHECK(fault_of(line_with(R"("version":1)", R"("version":"1")")).find("version") != std::string::npos);
  CHECK(fault_of(line_with("2026-01-01", "2026-13-01")).find("time") != std::string::npos);
  CHECK(fault_of(line_with("schema_version", "schema")).starts_with("it has no 'schema_version'"));
  CHECK(fault_of(line_with(R"("schema_version":1)", R"("schema_version":0)")) ==
        "'schema_version': they count from 1");
  CHECK(fault_of(line_with(R"("content")", R"("payload")")) == "it has no 'content'");
  CHECK(fault_of(line_with("{}", R"({},"sibject":"x")")).find("did you mean 'subject'?") !=
        std::string::npos);
  CHECK(fault_of(line_with("{}", R"({},"content":1)")) == "it has 'content' twice");
  CHECK(fault_of(line_with("{}", R"({},"gone":"lost")")).starts_with("'gone' is 'lost'"));
  CHECK(fault_of(line_with("{}", R"({},"position":7)")) == "'position' has no 'offset'");
  CHECK(fault_of(line_with("content", R"(conten\u0074)")).find("escapes") != std::string::npos);
}

} // namespace tusker
