#include "fuzz_target.hpp"

#include <tusker/persistence/event_line.hpp>

// Lines of an import: what is read is written as a line that reads the same, on one line of text.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  event_line line;
  line.event.stream = stream_id::parse("order-1").value();
  line.event.version = stream_version(3);
  line.event.at.offset = log_offset(17);
  line.event.data.content = {"OrderPaid", schema_version(2), R"({"a":[1.10,"}\"",null]})"};
  line.event.data.meta.subject = "c-7";
  line.event.data.meta.user = {{"tenant", "north"}};
  auto whole = encode_event_line(line).value();
  line.gone = event_loss::truncated;
  line.event.data.meta = {};
  return {
      whole, encode_event_line(line).value(),
      R"( {"content" : [ 1 , 2 ], "stream":"a-b","version":1,"type":"T","schema_version":1,"time":"2026-01-01"} )"};
}

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  auto line = decode_event_line(text_of(data, size));
  if (!line)
    return 0;
  auto text = encode_event_line(*line);
  require(text.has_value(), "a line that was read cannot be written");
  require(text->find('\n') == std::string::npos, "a line is written on more than one");
  auto again = decode_event_line(*text);
  require(again && again->event == line->event && again->gone == line->gone, "a line is not read back");
  return 0;
}
