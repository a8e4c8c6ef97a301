#include "engine.hpp"
#include "verdict_text.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <array>
#include <functional>

// The order of checks, epochs, and items that are past a limit or contradict themselves.

namespace tusker::contract {

using namespace sample;

TEST_CASE("an item is checked for its shape, then its epoch, then its command id, then its version") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = as_command(item_for(*journal, "order-1", events(1)), 1);
  record(*journal, {item});
  // Wrong in every way; then one thing after the other is put right.
  item.expected = exact(9);
  item.command_hash = hash_of_text("something else");
  item.shard_epoch = epoch(4);
  item.events.front().content.type.clear();
  CHECK(refusal_code(append_one(*journal, item)) == "invalid_item");
  item.events.front().content.type = "Stepped";
  CHECK(append_one(*journal, item) == append_verdict(fenced{epoch(0)}));
  item.shard_epoch = epoch(0);
  CHECK(append_one(*journal, item) == append_verdict(command_id_reused{}));
  item.command_hash = hash_of_text("do it");
  CHECK(std::holds_alternative<duplicate_command>(append_one(*journal, item)));
  item.command = command_numbered(2);
  CHECK(append_one(*journal, item) == conflict(exact(9), 1));
}

TEST_CASE("a stale epoch is refused, also after a reopen") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = item_for(*journal, "order-1", events(1));
  // The append makes the engine look the epoch up before it changes.
  record(*journal, {item});
  auto wishes = std::array{shard_claim{item.shard, epoch(0)}};
  REQUIRE(must(journal->claim(wishes, "anna")) == std::vector{epoch(1)});
  CHECK(append_one(*journal, item) == append_verdict(fenced{epoch(1)}));
  journal.reopen();
  CHECK(append_one(*journal, item) == append_verdict(fenced{epoch(1)}));
  CHECK(must(journal->claim(wishes, "otto")) == std::vector{epoch(1)});
  CHECK(must(journal->shard_owners()).at(item.shard.value()) == shard_owner{item.shard, epoch(1), "anna"});
  item.shard_epoch = epoch(1);
  item.events = events(1, "b");
  CHECK(append_one(*journal, item) == appended_at(2, 2));
}

TEST_CASE("a claim of several shards takes those that are free and leaves the others") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  REQUIRE(must(journal->claim(std::array{shard_claim{shard_id(3), epoch(0)}}, "anna")) ==
          std::vector{epoch(1)});
  auto wishes = std::array{shard_claim{shard_id(2), epoch(0)}, shard_claim{shard_id(3), epoch(0)},
                           shard_claim{shard_id(63), epoch(0)}, shard_claim{shard_id(4), epoch(7)}};
  CHECK(must(journal->claim(wishes, "otto")) == std::vector{epoch(1), epoch(1), epoch(1), epoch(0)});
  auto owners = must(journal->shard_owners());
  REQUIRE(owners.size() == 64);
  CHECK(owners[2] == shard_owner{shard_id(2), epoch(1), "otto"});
  CHECK(owners[3] == shard_owner{shard_id(3), epoch(1), "anna"});
  CHECK(owners[4] == shard_owner{shard_id(4), epoch(0), ""});
  CHECK(owners[63] == shard_owner{shard_id(63), epoch(1), "otto"});
}

TEST_CASE("a claim of a shard the journal does not have is refused and claims nothing") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto wishes = std::array{shard_claim{shard_id(1), epoch(0)}, shard_claim{shard_id(64), epoch(0)}};
  auto claimed = journal->claim(wishes, "anna");
  REQUIRE_FALSE(claimed);
  CHECK(claimed.error().code() == journal_errc::invalid_item);
  CHECK(must(journal->shard_owners()).at(1) == shard_owner{shard_id(1), epoch(0), ""});
}

TEST_CASE("an item past a limit is too large, one at the limit is not") {
  auto options = journal_options();
  options.limits = {100, 3, 250, 2};
  auto journal = journal_under_test(GENERATE(from_range(engines())), options);
  auto of_bytes = [](std::size_t count) { return event_of("Stepped", std::string(count - 7, ' ')); };
  auto item = [&](std::vector<event_data> happened) {
    return item_for(*journal, "order-1", std::move(happened));
  };
  CHECK(append_one(*journal, item({of_bytes(100)})) == appended_at(1, 1));
  CHECK(refusal_code(append_one(*journal, item({of_bytes(101)}))) == "too_large");
  CHECK(append_one(*journal, item({of_bytes(90), of_bytes(80), of_bytes(80)})) == appended_at(4, 4));
  CHECK(refusal_code(append_one(*journal, item({of_bytes(90), of_bytes(80), of_bytes(81)}))) == "too_large");
  CHECK(refusal_code(append_one(*journal, item(events(4)))) == "too_large");
  auto with_meta = item({of_bytes(100)});
  with_meta.events.front().meta.user["n"] = "";
  CHECK(refusal_code(append_one(*journal, with_meta)) == "too_large");
  CHECK(must(journal->head(log_id(0))) == log_offset(4));
}

TEST_CASE("timers and outbox entries past a limit are too large") {
  auto options = journal_options();
  options.limits = {100, 3, 250, 2};
  auto journal = journal_under_test(GENERATE(from_range(engines())), options);
  const auto plain = item_for(*journal, "order-1", events(1));
  auto timer = timer_at(plain, 1, 1);
  auto entry = outbox_numbered(1);
  auto change = GENERATE_COPY(
      as<std::function<void(append_item&)>>(),
      [=](append_item& item) {
        item.timers = {3, timer};
      },
      [=](append_item& item) {
        item.timers_cancelled = {3, timer.key};
      },
      [=](append_item& item) {
        item.outbox = {3, entry};
      },
      [=](append_item& item) {
        item.outbox_settled = {3, entry.id};
      },
      [=](append_item& item) {
        item.timers = {timer};
        item.timers[0].content.json = std::string(101, ' ');
      },
      [=](append_item& item) {
        item.outbox = {entry};
        item.outbox[0].content.json = std::string(101, ' ');
      },
      [](append_item& item) {
        item = as_rejection(item, "No");
        item.rejection->json = std::string(101, ' ');
      });
  auto item = plain;
  change(item);
  CHECK(refusal_code(append_one(*journal, item)) == "too_large");
  CHECK(append_one(*journal, plain) == appended_at(1, 1));
}

TEST_CASE("a batch past what one commit takes is refused as a whole and writes nothing") {
  auto options = journal_options();
  options.limits = {100, 3, 250, 2, 4, 400};
  auto journal = journal_under_test(GENERATE(from_range(engines())), options);
  auto large = event_of("Stepped", std::string(93, ' '));
  auto of_two = item_for(*journal, "order-1", {large, large});
  auto many = item_for(*journal, "order-2", events(2));
  for (const auto& batch :
       {std::vector{many, many, many},
        std::vector{of_two, of_two, item_for(*journal, "order-2", {event_of("A", "")})}}) {
    auto appended = journal->append(batch);
    REQUIRE_FALSE(appended);
    CHECK(appended.error().code() == journal_errc::too_large);
  }
  CHECK(must(journal->head(log_id(0))) == before_all_events);
  record(*journal, {of_two, of_two});
}

TEST_CASE("an item that contradicts itself is invalid") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto good = item_for(*journal, "order-1", events(1));
  auto wrong_shard = good;
  wrong_shard.shard = shard_id(static_cast<std::uint16_t>((good.shard.value() + 1) % 64));
  auto no_such_shard = good;
  no_such_shard.shard = shard_id(64);
  auto rejected = as_rejection(good, "No");
  rejected.events = events(1);
  auto unnamed = good;
  unnamed.stream = stream_id();
  auto untyped = good;
  untyped.events.front().content.type.clear();
  auto long_type = good;
  long_type.events.front().content.type = std::string(256, 't');
  for (const auto& item : {wrong_shard, no_such_shard, rejected, unnamed, untyped, long_type})
    CHECK(refusal_code(append_one(*journal, item)) == "invalid_item");
  good.events.front().content.type = std::string(255, 't');
  CHECK(append_one(*journal, good) == appended_at(1, 1));
  CHECK(faults_of_journal(*journal) == no_faults);
}

} // namespace tusker::contract
