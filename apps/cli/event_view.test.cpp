#include <tusker/cli/event_view.hpp>

#include <tusker_test/catch.hpp>

using namespace tusker;

namespace {

auto sample() -> recorded_event {
  recorded_event event;
  event.stream = stream_id::make("order", "a-1").value();
  event.version = stream_version(3);
  event.at = {log_id(0), log_offset(17)};
  event.shard = shard_id(5);
  event.data.content = {"OrderPaid", schema_version(2), R"({"n": 1.10})"};
  event.data.meta.subject = "c-7";
  event.data.meta.causation_id = parse_uuid("0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9").value();
  event.data.meta.correlation_id = event.data.meta.causation_id;
  return event;
}

} // namespace

TEST_CASE("an event is one line of JSON with its content as it is stored") {
  CHECK(
      cli::event_json(sample()) ==
      R"({"stream":"order-a-1","version":3,"position":{"log":0,"offset":17},"shard":5,)"
      R"("time":"1970-01-01T00:00:00.000000Z","type":"OrderPaid","schema_version":2,"event_id":null,)"
      R"("command_id":"0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9",)"
      R"("correlation_id":"0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9","subject":"c-7","traceparent":"","user":{},)"
      R"("content":{"n":1.10}})"
      "\n");
}

TEST_CASE("an event is shown with its place, its cause and its content") {
  CHECK(cli::event_text(sample(), {}) == "#3 OrderPaid@2  1970-01-01T00:00:00.000000Z  position 0:17\n"
                                         "  command 0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9  subject c-7\n"
                                         "  {\n"
                                         "    \"n\": 1.10\n"
                                         "  }\n\n");
}
