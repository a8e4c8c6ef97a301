#include "engine.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

namespace tusker::contract {

using namespace sample;

namespace {

auto all_bytes() -> std::string {
  std::string bytes;
  for (int value = 0; value < 256; ++value)
    bytes.push_back(static_cast<char>(value));
  return bytes;
}

/// Appends it, closes and opens the journal, and gives back what is stored.
auto round_trip(journal_under_test& journal, const event_data& event) -> event_data {
  record(*journal, {item_for(*journal, "order-1", {event})});
  journal.reopen();
  auto stored = whole_stream(*journal, stream_named("order-1"));
  REQUIRE(stored.size() == 1);
  CHECK(whole_log(*journal) == stored);
  return stored.front().data;
}

} // namespace

TEST_CASE("an event's content comes back byte for byte, whatever it is") {
  auto options = journal_options();
  options.limits.event_bytes_max = 2U << 20U;
  auto journal = journal_under_test(GENERATE(from_range(engines())), options);
  auto content = GENERATE(std::string(), std::string("{}"), std::string(1, '\0'), all_bytes(),
                          std::string(std::size_t{1} << 20U, 'x'), std::string(4'080, 'y'),
                          noise(std::size_t{1} << 20U), noise(1'900), noise(2'040));
  auto event = event_of("Stored", content);
  CHECK(round_trip(journal, event) == event);
}

TEST_CASE("all metadata of an event comes back") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto event = event_of("Stored", "{}");
  event.content.version = schema_version(65'535);
  event.meta.subject = "customer-\xC3\xA9";
  event.meta.correlation_id = id_numbered(1, "correlation");
  event.meta.causation_id = id_numbered(2, "causation");
  event.meta.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  event.meta.user = {
      {"", "empty name"}, {"empty value", ""}, {"tenant", "north"}, {all_bytes(), all_bytes()}};
  CHECK(round_trip(journal, event) == event);
}

TEST_CASE("an event without any metadata comes back so") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  event_data event;
  event.content.type = "Bare";
  CHECK(round_trip(journal, event) == event);
}

TEST_CASE("times before 1970 and at both ends of time come back") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto event = event_of("Stored", "{}");
  event.time = GENERATE(timestamp{}, timestamp{std::chrono::microseconds(-1)}, time_at(-4'000'000'000),
                        timestamp::min(), timestamp::max());
  CHECK(round_trip(journal, event) == event);
}

TEST_CASE("an event type may be any bytes, and types that begin alike are told apart") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  std::vector<event_data> happened;
  for (const auto& type : {std::string("a"), std::string("aa"), std::string("a\0", 2), std::string(255, 'a'),
                           std::string("T\0\0\0\1", 5), std::string("\xFF")})
    happened.push_back(event_of(type, "{}"));
  record(*journal, {item_for(*journal, "order-1", happened)});
  journal.reopen();
  std::vector<event_data> stored;
  for (const auto& event : whole_log(*journal))
    stored.push_back(event.data);
  CHECK(stored == happened);
  for (const auto& event : happened)
    CHECK(whole_log(*journal, {}, {{event.content.type}, {}, {}}).size() == 1);
}

TEST_CASE("a stream may have the longest name there is") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto longest = "order-" + std::string(stream_name_bytes_max - 6, 'k');
  auto sibling = longest;
  sibling.back() = 'l';
  record(*journal, {as_command(item_for(*journal, longest, events(2, "a")), 1),
                    as_command(item_for(*journal, sibling, events(1, "b")), 1)});
  journal.reopen();
  CHECK(must(journal->stream_head(stream_named(longest))) == stream_version(2));
  CHECK(must(journal->stream_head(stream_named(sibling))) == stream_version(1));
  CHECK(faults_of_journal(*journal) == no_faults);
}

TEST_CASE("streams whose long names begin alike are told apart") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto front = "order-" + std::string(379, 'k');
  for (std::size_t more : {0U, 15U, 16U, 17U, 100U, 639U}) {
    for (const auto* last : {"x", "y"}) {
      auto name = front + std::string(more - (more > 0 ? 1 : 0), 'k') + last;
      auto item = item_for(*journal, name, events(2, last + std::to_string(more)), no_stream);
      record(*journal, {as_command(item, more)});
    }
  }
  journal.reopen();
  CHECK(all_streams(*journal).size() == 12);
  CHECK(must(journal->stream_head(stream_named(front + std::string(99, 'k') + "z"))) == empty_stream);
  CHECK_FALSE(must(journal->read_snapshot(stream_named(front + std::string(99, 'k') + "z"))));
  CHECK(faults_of_journal(*journal) == no_faults);
}

} // namespace tusker::contract
