#include "engine.hpp"
#include "verdict_text.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/receipt_age.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <array>

// Receipts are kept as long as the options say. A command from before that is refused, never carried out again.

namespace tusker::contract {

using namespace sample;

namespace {

constexpr std::int64_t hour = 3'600;

auto kept_two_hours() -> journal_options {
  auto options = journal_options();
  options.receipts_kept = std::chrono::hours(2);
  options.shards = shard_count(1);
  return options;
}

/// A command whose id has that time, and that is recorded then.
auto command_at(const journal& of, std::int64_t seconds, std::string_view stream = "order-1") -> append_item {
  auto item = item_for(of, stream, events(1, std::to_string(seconds)));
  item.command = command_numbered(static_cast<std::uint64_t>(seconds));
  item.command_hash = hash_of_text("do it");
  item.time = time_at(seconds);
  return item;
}

auto has_receipt(const journal& of, const append_item& item) -> bool {
  return must(of.find_receipt(item.stream, item.command)).has_value();
}

auto kept_from(const journal& of) -> timestamp {
  return must(of.shard_owners()).at(0).receipts_from;
}

} // namespace

TEST_CASE("a receipt is found until it is too old, and its command is then refused, also after a reopen") {
  auto journal = journal_under_test(GENERATE(from_range(engines())), kept_two_hours());
  auto old = command_at(*journal, 10);
  record(*journal, {old, command_at(*journal, 20, "order-2"), command_at(*journal, 2 * hour + 5, "order-3")});
  CHECK(has_receipt(*journal, old));
  CHECK(std::holds_alternative<duplicate_command>(append_one(*journal, old)));
  // The item that is recorded at 2 h and 11 s drops what was recorded before 11 s.
  record(*journal, {command_at(*journal, 2 * hour + 11, "order-4")});
  journal.reopen();
  CHECK_FALSE(has_receipt(*journal, old));
  CHECK(kept_from(*journal) == kept_after(time_at(10)));
  CHECK(append_one(*journal, old) == append_verdict(command_expired{kept_after(time_at(10))}));
  CHECK(must(journal->stream_head(old.stream)) == stream_version(1));
  CHECK(std::holds_alternative<duplicate_command>(append_one(*journal, command_at(*journal, 20, "order-2"))));
  CHECK(std::holds_alternative<appended>(append_one(*journal, command_at(*journal, 30, "order-5"))));
}

TEST_CASE("a new owner of a shard knows from when on its receipts are kept") {
  auto journal = journal_under_test(GENERATE(from_range(engines())), kept_two_hours());
  auto old = command_at(*journal, 10);
  record(*journal, {old, command_at(*journal, 2 * hour + 11, "order-2")});
  REQUIRE(kept_from(*journal) == kept_after(time_at(10)));
  REQUIRE(must(journal->claim(std::array{shard_claim{shard_id(0), epoch(0)}}, "anna")) ==
          std::vector{epoch(1)});
  if (GENERATE(false, true))
    journal.reopen();
  CHECK(kept_from(*journal) == kept_after(time_at(10)));
  old.shard_epoch = epoch(1);
  CHECK(append_one(*journal, old) == append_verdict(command_expired{kept_after(time_at(10))}));
}

TEST_CASE("expiry keeps up with what is recorded") {
  auto journal = journal_under_test(GENERATE(from_range(engines())), kept_two_hours());
  std::vector<append_item> commands;
  commands.reserve(200);
  for (std::int64_t at = 1; at <= 200; ++at)
    commands.push_back(command_at(*journal, at * 120));
  for (const auto& command : commands) {
    record(*journal, {command});
    if (command.time == time_at(12'000))
      journal.reopen();
  }
  auto kept = std::count_if(commands.begin(), commands.end(),
                            [&](const auto& command) { return has_receipt(*journal, command); });
  // Two hours hold 60 of them; the oldest is dropped with the next append.
  CHECK(kept >= 60);
  CHECK(kept <= 62);
  CHECK(has_receipt(*journal, commands.back()));
  CHECK(faults_of_journal(*journal) == no_faults);
}

TEST_CASE("the receipt of an old command id that was recorded lately stays") {
  auto journal = journal_under_test(GENERATE(from_range(engines())), kept_two_hours());
  auto imported = command_at(*journal, 10);
  imported.time = time_at(100 * hour);
  auto later = command_at(*journal, 100 * hour + 60, "order-2");
  record(*journal, {imported, later, command_at(*journal, 101 * hour, "order-3")});
  journal.reopen();
  CHECK(std::holds_alternative<duplicate_command>(append_one(*journal, imported)));
  for (std::int64_t at = 0; at < 5; ++at)
    record(*journal, {command_at(*journal, 103 * hour + at, "order-4")});
  CHECK_FALSE(has_receipt(*journal, imported));
  CHECK_FALSE(has_receipt(*journal, later));
}

TEST_CASE("the receipt of a command id without a time stays for ever") {
  auto journal = journal_under_test(GENERATE(from_range(engines())), kept_two_hours());
  auto timeless = command_at(*journal, 10);
  timeless.command = command_id(must(parse_uuid("00000000-0000-4000-8000-000000000001")));
  auto old = command_at(*journal, 20, "order-2");
  record(*journal, {timeless, old});
  for (std::int64_t at = 0; at < 5; ++at)
    record(*journal, {command_at(*journal, 9 * hour + at, "order-3")});
  CHECK_FALSE(has_receipt(*journal, old));
  CHECK(std::holds_alternative<duplicate_command>(append_one(*journal, timeless)));
  auto other = timeless;
  other.command = command_id(must(parse_uuid("00000000-0000-4000-8000-000000000002")));
  CHECK(std::holds_alternative<appended>(append_one(*journal, other)));
}

TEST_CASE("a clock that was far ahead for a while refuses no command of the right time") {
  auto journal = journal_under_test(GENERATE(from_range(engines())), kept_two_hours());
  record(*journal, {command_at(*journal, 10), command_at(*journal, 20, "order-2")});
  record(*journal, {command_at(*journal, 9'000 * hour, "order-3")});
  record(*journal, {command_at(*journal, 9'000 * hour + 1, "order-3")});
  CHECK(kept_from(*journal) == kept_after(time_at(20)));
  CHECK(std::holds_alternative<appended>(append_one(*journal, command_at(*journal, 30, "order-4"))));
}

} // namespace tusker::contract
