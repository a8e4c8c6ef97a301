#include "engine.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <iterator>

namespace tusker::contract {

using namespace sample;

namespace {

constexpr std::size_t no_bytes_max = std::size_t{1} << 30U;

/// 60 events: categories and types vary with different periods, so that every combination comes up.
auto journal_of_kinds(const engine& made_by) -> journal_under_test {
  auto journal = journal_under_test(made_by);
  std::vector<append_item> batch;
  for (std::size_t at = 0; at < 60; ++at) {
    auto category = std::vector<std::string>{"order", "payment", "inventory"}.at(at % 3);
    auto type = std::vector<std::string>{"Opened", "Changed", "Closed", "Opened"}.at(at % 4);
    auto stream = category + "-" + std::to_string(at % 5);
    batch.push_back(item_for(*journal, stream, {event_of(type, std::to_string(at))}));
  }
  record(*journal, batch);
  return journal;
}

/// What a filter lets pass, told from the events themselves.
auto filtered(const std::vector<recorded_event>& all, const log_filter& filter)
    -> std::vector<recorded_event> {
  auto has = [](const std::vector<std::string>& wanted, std::string_view name) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end();
  };
  auto is_in = [](const std::vector<shard_id>& wanted, shard_id shard) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), shard) != wanted.end();
  };
  std::vector<recorded_event> found;
  std::copy_if(all.begin(), all.end(), std::back_inserter(found), [&](const recorded_event& event) {
    return has(filter.types, event.data.content.type) && has(filter.categories, event.stream.category()) &&
           is_in(filter.shards, event.shard) &&
           event.stream.name().substr(0, filter.stream_prefix.size()) == filter.stream_prefix;
  });
  return found;
}

auto read(const journal_under_test& journal, std::uint64_t after, read_limit limit = {},
          const log_filter& filter = {}) -> log_slice {
  return must(journal->read_log(log_id(0), log_offset(after), limit, filter));
}

} // namespace

TEST_CASE("the log is read from any offset, without a gap") {
  auto journal = journal_of_kinds(GENERATE(from_range(engines())));
  auto all = whole_log(*journal);
  REQUIRE(faults_of_order(all) == no_faults);
  for (std::size_t after : {0U, 1U, 30U, 59U, 60U}) {
    auto slice = read(journal, after);
    CHECK(slice.events == std::vector(all.begin() + static_cast<std::ptrdiff_t>(after), all.end()));
    CHECK(slice.scanned_to == log_offset(60));
    CHECK(slice.head == log_offset(60));
  }
  for (std::size_t count : {0U, 1U, 7U, 60U, 61U})
    CHECK(whole_log(*journal, {count, no_bytes_max}) == all);
}

TEST_CASE("a read behind the head of the log is empty and stays where it was") {
  auto journal = journal_of_kinds(GENERATE(from_range(engines())));
  for (auto after : {std::uint64_t{61}, std::uint64_t{1'000}, std::uint64_t{UINT64_MAX}}) {
    auto slice = read(journal, after);
    CHECK(slice.events.empty());
    CHECK(slice.scanned_to == log_offset(after));
    CHECK(slice.head == log_offset(60));
  }
}

TEST_CASE("a log the journal does not have is empty") {
  auto journal = journal_of_kinds(GENERATE(from_range(engines())));
  auto slice = must(journal->read_log(log_id(9), log_offset(0), {}, {}));
  CHECK(slice.events.empty());
  CHECK(slice.scanned_to == slice.head);
  CHECK(must(journal->head(log_id(9))) == before_all_events);
}

TEST_CASE("filters by type, category, shard and stream, alone and together, let all that is wanted pass and "
          "nothing else") {
  auto journal = journal_of_kinds(GENERATE(from_range(engines())));
  auto all = whole_log(*journal);
  auto shard = shard_of(stream_named("order-3"), journal->shards());
  auto other = shard_of(stream_named("payment-1"), journal->shards());
  auto filter = GENERATE_COPY(log_filter{{"Opened"}, {}, {}}, log_filter{{"Closed", "Changed"}, {}, {}},
                              log_filter{{}, {"payment"}, {}}, log_filter{{}, {"order", "inventory"}, {}},
                              log_filter{{}, {}, {shard}}, log_filter{{"Opened"}, {"order"}, {}},
                              log_filter{{"Opened", "Closed"}, {"order"}, {shard}},
                              log_filter{{}, {}, {shard, other}}, log_filter{{}, {}, {}, "order-"},
                              log_filter{{}, {}, {}, "p"}, log_filter{{"Opened"}, {}, {}, "payment-3"});
  auto wanted = filtered(all, filter);
  REQUIRE_FALSE(wanted.empty());
  for (std::size_t count : {1U, 4U, 100U})
    CHECK(whole_log(*journal, {count, no_bytes_max}, filter) == wanted);
}

TEST_CASE("names and shards that the journal does not know match nothing") {
  auto journal = journal_of_kinds(GENERATE(from_range(engines())));
  // A type's name is no category's, and the other way round.
  auto filter =
      GENERATE(log_filter{{"Nothing"}, {}, {}}, log_filter{{"order"}, {}, {}}, log_filter{{""}, {}, {}},
               log_filter{{}, {"Opened"}, {}}, log_filter{{}, {"orde"}, {}}, log_filter{{}, {"orders"}, {}},
               log_filter{{}, {}, {shard_id(999)}}, log_filter{{"Opened"}, {"nothing"}, {}},
               log_filter{{}, {}, {}, "order-1x"}, log_filter{{std::string(600, 'x')}, {}, {}});
  auto slice = read(journal, 0, {}, filter);
  CHECK(slice.events.empty());
  CHECK(slice.scanned_to == log_offset(60));
  CHECK(whole_log(*journal, {}, {{"Nothing", "Closed"}, {}, {}}).size() == 15);
}

TEST_CASE("a filtered read says how far it looked, past what it did not want") {
  auto journal = journal_of_kinds(GENERATE(from_range(engines())));
  // Closed stands at 3, 7, 11, …, 59.
  auto first = read(journal, 0, {2, no_bytes_max}, {{"Closed"}, {}, {}});
  REQUIRE(first.events.size() == 2);
  CHECK(first.events.back().at.offset == log_offset(7));
  CHECK(first.scanned_to >= log_offset(7));
  CHECK(first.scanned_to < log_offset(11));
  auto last = read(journal, 58, {2, no_bytes_max}, {{"Closed"}, {}, {}});
  CHECK(last.events.size() == 1);
  CHECK(last.scanned_to == log_offset(60));
}

TEST_CASE("a read for a rare type looks at a bounded number of events") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  record(*journal, {item_for(*journal, "order-1", events(150)),
                    item_for(*journal, "order-1", {event_of("Rare", "{}")})});
  auto slice = read(journal, 0, {1, no_bytes_max}, {{"Rare"}, {}, {}});
  CHECK(slice.events.empty());
  CHECK(slice.scanned_to == log_offset(64));
  CHECK(slice.head == log_offset(151));
  CHECK(whole_log(*journal, {1, no_bytes_max}, {{"Rare"}, {}, {}}).size() == 1);
}

} // namespace tusker::contract
