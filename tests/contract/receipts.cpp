#include "engine.hpp"
#include "verdict_text.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace tusker::contract {

using namespace sample;

namespace {

auto outcome_at(std::uint64_t version, std::uint64_t offset, std::uint32_t count) -> command_outcome {
  return {stream_version(version), {log_id(0), log_offset(offset)}, count, std::nullopt, time_at(1)};
}

} // namespace

TEST_CASE("a command sent again after others and after a reopen still gets its first outcome") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = as_command(item_for(*journal, "order-1", events(2, "a")), 1);
  record(*journal, {item, item_for(*journal, "order-1", events(1, "b"))});
  journal.reopen();
  CHECK(append_one(*journal, item) == append_verdict(duplicate_command{outcome_at(2, 2, 2)}));
  auto other = as_command(item_for(*journal, "order-1", events(1, "c")), 1, "another wish");
  CHECK(append_one(*journal, other) == append_verdict(command_id_reused{}));
  CHECK(must(journal->find_outcome(item.stream, item.command)) == outcome_at(2, 2, 2));
  CHECK(faults_of_journal(*journal) == no_faults);
}

TEST_CASE("a recorded rejection comes back with its content, also after a reopen") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = as_rejection(as_command(item_for(*journal, "order-1", {}), 1), "OutOfStock");
  CHECK(append_one(*journal, item) == appended_at(0, 0));
  journal.reopen();
  auto outcome = outcome_at(0, 0, 0);
  outcome.rejection = item.rejection;
  CHECK(append_one(*journal, item) == append_verdict(duplicate_command{outcome}));
  CHECK(must(journal->stream_head(item.stream)) == empty_stream);
  CHECK(all_streams(*journal).empty());
}

TEST_CASE("a rejection under a version that is not the stream's is a conflict and is not recorded") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  record(*journal, {item_for(*journal, "order-1", events(1))});
  auto item = as_rejection(as_command(item_for(*journal, "order-1", {}, exact(2)), 1), "OutOfStock");
  CHECK(append_one(*journal, item) == conflict(exact(2), 1));
  CHECK_FALSE(must(journal->find_receipt(item.stream, item.command)));
}

TEST_CASE("commands in any order of their ids are carried out once, and told their first outcome whenever "
          "they come "
          "again") {
  constexpr std::uint8_t commands = 60;
  auto options = journal_options();
  options.shards = shard_count(GENERATE(as<std::uint16_t>{}, 1, 3));
  auto journal = journal_under_test(GENERATE(from_range(engines())), options);
  std::vector<append_item> items;
  for (std::uint8_t number = 1; number <= commands; ++number)
    items.push_back(as_command(
        item_for(*journal, "order-" + std::to_string(number % 7), events(1, std::to_string(number)), any),
        number));
  std::shuffle(items.begin(), items.end(), std::mt19937(11)); // NOLINT: the same at each run
  auto is_first_time = std::set<command_id>();
  auto send = [&](const append_item& item) {
    auto verdict = append_one(*journal, item);
    auto is_new = is_first_time.insert(item.command).second;
    CHECK(std::holds_alternative<appended>(verdict) == is_new);
    CHECK(std::holds_alternative<duplicate_command>(verdict) == !is_new);
  };
  for (std::size_t at = 0; at < items.size(); ++at) {
    send(items[at]);
    send(items[at / 2]);
    if (at % 20 == 19)
      journal.reopen();
  }
  for (const auto& item : items)
    send(item);
  CHECK(faults_of_journal(*journal) == no_faults);
}

TEST_CASE("a nil command id leaves no receipt, so the same item is recorded again") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = item_for(*journal, "order-1", events(1));
  CHECK(append_one(*journal, item) == appended_at(1, 1));
  CHECK(append_one(*journal, item) == appended_at(2, 2));
  CHECK_FALSE(must(journal->find_receipt(item.stream, command_id())));
}

TEST_CASE("one command id on two streams of one shard is two commands") {
  auto options = journal_options();
  options.shards = shard_count(1);
  auto journal = journal_under_test(GENERATE(from_range(engines())), options);
  CHECK(append_one(*journal, as_command(item_for(*journal, "order-1", events(1, "a")), 1)) ==
        appended_at(1, 1));
  CHECK(append_one(*journal, as_command(item_for(*journal, "order-2", events(1, "b")), 1)) ==
        appended_at(1, 2));
  CHECK(must(journal->find_outcome(stream_named("order-1"), command_numbered(1))) == outcome_at(1, 1, 1));
  CHECK(must(journal->find_outcome(stream_named("order-2"), command_numbered(1))) == outcome_at(1, 2, 1));
  CHECK_FALSE(must(journal->find_outcome(stream_named("order-3"), command_numbered(1))));
}

TEST_CASE("a command that met a conflict may be sent again") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = as_command(item_for(*journal, "order-1", events(1), stream_exists), 1);
  CHECK(append_one(*journal, item) == conflict(stream_exists, 0));
  CHECK_FALSE(must(journal->find_receipt(item.stream, item.command)));
  item.expected = no_stream;
  CHECK(append_one(*journal, item) == appended_at(1, 1));
}

} // namespace tusker::contract
