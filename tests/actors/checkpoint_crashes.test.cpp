#include "node_with_checkpoints.hpp"

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>

// Whoever dies or fails, what is behind the checkpoint may be told again, and nothing is skipped.

using namespace tusker;
using namespace tusker::checkpointing;
using std::chrono::seconds;

namespace {

/// Whether each event was told, and what was told again was behind the checkpoint by no more than `most`.
struct verdict {
  bool has_skipped = false;
  std::uint64_t told_again_max = 0;
};

auto judge(const numbers& told, std::uint64_t head) -> verdict {
  verdict found;
  std::uint64_t highest = 0;
  for (auto offset : told) {
    found.has_skipped = found.has_skipped || offset > highest + 1;
    if (offset <= highest)
      found.told_again_max = std::max(found.told_again_max, highest - offset + 1);
    highest = std::max(highest, offset);
  }
  found.has_skipped = found.has_skipped || highest < head;
  return found;
}

enum class consumer {
  handles_first,
  /// Says that an event is handled, and handles it with the next one: so its checkpoint is stored before.
  promises_first,
};

constexpr std::uint64_t round_offsets_max = 4;
constexpr std::size_t round_batch = 3;

/// One life: subscribes, and is killed at a random moment, within an event or between two turns.
void live_and_die(node_with_checkpoints& of, consumer how, std::minstd_rand& random) {
  of.start();
  std::optional<std::uint64_t> promised;
  auto left = std::uniform_int_distribution<int>(1, 15)(random);
  auto dies_before = std::uniform_int_distribution<int>(0, 1)(random) == 0;
  auto note = of.handler();
  auto handle = [&](const recorded_event& event) -> result<void> {
    auto is_last = --left == 0;
    if (is_last && dies_before)
      of.process->is_dead = true;
    if (how == consumer::handles_first) {
      (void)note(event);
    } else {
      if (promised && !of.process->is_dead)
        of.told.push_back(*promised);
      promised = event.at.offset.value();
    }
    if (is_last)
      of.process->is_dead = true;
    return {};
  };
  auto made = of.subscribe(named("mails", round_offsets_max, round_batch), handle);
  for (auto& turn = left; turn > 0 && of.node->run_once();) {
    if (std::uniform_int_distribution<int>(0, 60)(random) == 0)
      break;
  }
  of.kill();
}

auto live_often(consumer how, std::uint32_t seed) -> verdict {
  std::minstd_rand random(seed);
  node_with_checkpoints of;
  of.start();
  of.add_many(60);
  of.stop();
  for (auto life = 0; life < 12; ++life)
    live_and_die(of, how, random);
  of.start();
  auto made = of.subscribe(named("mails"), of.handler());
  of.node->run();
  return judge(of.told, 60);
}

} // namespace

TEST_CASE("whatever kills a subscriber, each event is told, and few of them again") {
  auto seed = GENERATE(range(1U, 41U));
  auto found = live_often(consumer::handles_first, seed);
  CAPTURE(seed);
  CHECK_FALSE(found.has_skipped);
  // What is not due yet, and the batch that is under way.
  CHECK(found.told_again_max <= round_offsets_max - 1 + round_batch);
}

TEST_CASE("control: a subscriber whose checkpoint is stored before it has handled events is found skipping") {
  auto skipping = 0;
  for (auto seed = 1U; seed <= 40U; ++seed)
    skipping += live_often(consumer::promises_first, seed).has_skipped ? 1 : 0;
  CHECK(skipping > 20);
}

TEST_CASE("a handler that fails leaves the checkpoint before the event") {
  node_with_checkpoints of;
  of.start();
  of.add_many(5);
  auto throws = GENERATE(false, true);
  auto made = of.subscribe(named("mails"), [&](const recorded_event& event) -> result<void> {
    if (event.at.offset != log_offset(4))
      return {};
    if (throws)
      throw std::runtime_error("no more");
    return fail(journal_errc::storage_full, "no more");
  });
  of.node->run();
  CHECK(made.status().phase == subscription_phase::failed);
  CHECK(of.stored() == log_offset(3));
  auto again = of.subscribe(named("mails"), of.handler());
  of.node->run();
  CHECK(of.told == numbers{4, 5});
}

TEST_CASE("a runtime that claims a checkpoint displaces the subscription of another one") {
  node_with_checkpoints of;
  of.start();
  auto other = std::move(*deterministic_runtime::open({}, std::make_unique<forwarding_journal>(*of.log),
                                                      of.store, timestamp{std::chrono::hours(500'000)}));
  numbers told_first;
  auto first = of.subscribe(named("mails", 1), [&](const recorded_event& event) -> result<void> {
    told_first.push_back(event.at.offset.value());
    return {};
  });
  of.add_many(2);
  other->add<counting::counter>();
  REQUIRE(other->start());
  auto second = other->subscribe(named("mails", 1), of.handler());
  REQUIRE(second);
  for (auto event = 0; event < 2; ++event)
    (void)other->dispatch<counting::counter>("a", counting::add{1});
  other.run();
  CHECK(of.told == numbers{3, 4});
  first.stop();
  CHECK(of.stored() == log_offset(4));
  CHECK(told_first == up_to(2));
}

TEST_CASE("a subscription whose checkpoint was dropped or claimed elsewhere fails at its next commit") {
  node_with_checkpoints of;
  of.start();
  auto made = of.subscribe(named("mails", 1), of.handler());
  of.add_many(2);
  auto entry = checkpoint_entry_name("mails", log_id(0)).value();
  if (GENERATE(false, true))
    REQUIRE(of.store->drop_projection(entry));
  else
    REQUIRE(of.store->claim(entry, log_id(0), of.store->find_projection(entry).value()->epoch_of(log_id(0))));
  of.add_many(1);
  auto status = made.status();
  CHECK(status.phase == subscription_phase::failed);
  REQUIRE(status.failure);
  CHECK(status.failure->code() == runtime_errc::subscription_displaced);
  CHECK(status.failure->message().find("mails") != std::string::npos);
  of.add_many(1);
  CHECK(of.told == up_to(3));
}

TEST_CASE("a subscription that is lost and made again tells each event once and keeps its checkpoint") {
  node_with_checkpoints of;
  of.start();
  of.add_many(20);
  auto made = of.subscribe(named("mails", 4, 3), of.handler());
  for (auto turn = 0; turn < 200 && of.node->run_once(); ++turn)
    if (turn % 7 == 0)
      of.node->crash(made, {crash_subscription::part::reader});
  for (auto second = 0; second < 300; ++second)
    of.node->advance(seconds(1));
  CHECK(of.told == up_to(20));
  CHECK(of.stored() == log_offset(20));
  CHECK(made.status().phase == subscription_phase::live);
}

TEST_CASE("a listener that dies fails its subscription, and the next one goes on where that was") {
  node_with_checkpoints of;
  of.start();
  of.add_many(20);
  auto made = of.subscribe(named("mails", 4, 3), of.handler());
  for (auto turn = 0; turn < 9; ++turn)
    (void)of.node->run_once();
  of.node->crash(made, {crash_subscription::part::listener});
  of.node->run();
  auto status = made.status();
  CHECK(status.phase == subscription_phase::failed);
  REQUIRE(status.failure);
  CHECK(status.failure->code() == runtime_errc::subscription_failed);
  CHECK(of.stored() == status.position);
  CHECK(status.position < log_offset(20));
  auto again = of.subscribe(named("mails", 4, 3), of.handler());
  of.node->run();
  CHECK(of.told == up_to(20));
}

TEST_CASE("a full read store is waited for, without new batches, and the place is kept") {
  node_with_checkpoints of;
  of.start();
  auto made = of.subscribe(named("mails", 1, 1), of.handler());
  of.store->failure = error(journal_errc::storage_full, "no room");
  of.store->failures = 1'000;
  of.add_many(20);
  CHECK(of.told == up_to(2)); // the batches that it had asked for
  CHECK(of.stored() == before_all_events);
  CHECK_FALSE(made.status().failure);
  of.store->failures = 0;
  of.node->advance(seconds(10));
  CHECK(of.told == up_to(20));
  CHECK(of.stored() == log_offset(20));
}

TEST_CASE("a read store that fails otherwise fails the subscription, not what it handled") {
  node_with_checkpoints of;
  of.start();
  auto made = of.subscribe(named("mails", 1), of.handler());
  if (GENERATE(false, true)) {
    of.store->throw_before = 1;
  } else {
    of.store->failure = error(journal_errc::io_error, "the disk failed");
    of.store->failures = 2; // the last attempt too
  }
  of.add_many(1);
  auto status = made.status();
  CHECK(status.phase == subscription_phase::failed);
  REQUIRE(status.failure);
  CHECK(status.failure->code() == journal_errc::io_error);
  CHECK(status.position == log_offset(1));
}

TEST_CASE(
    "a checkpoint ahead of the journal is refused until it is dropped, also when the journal grows past it") {
  node_with_checkpoints of;
  of.start();
  {
    auto made = of.subscribe(named("mails"), of.handler());
    of.add_many(3);
  }
  of.stop();
  of.log = std::move(*open_memory_journal()); // as one that was restored
  of.start();
  of.add_many(static_cast<int>(GENERATE(0, 2, 5)));
  auto refused = (*of.node)->subscribe(named("mails"), of.handler());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == runtime_errc::beyond_the_log);
  CHECK(refused.error().message().find("restored") != std::string::npos);
  CHECK_FALSE((*of.node)->checkpoints().value().front().refused.empty());
  REQUIRE((*of.node)->drop_checkpoint("mails"));
  of.told.clear();
  auto made = of.subscribe(named("mails"), of.handler());
  of.node->run();
  CHECK(of.told == up_to(of.log->head(log_id(0)).value().value()));
}
