#include "commit_killer.hpp"
#include "ledger.hpp"

#include <tusker/actors/runtime.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/persistence/checkpoint_entry.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/lmdb_read_store.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/killed_child.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <random>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <utility>
#include <variant>
#include <vector>

// A process dies while a subscription with a checkpoint runs in it, again and again over the same journal and read
// store. Each tells its parent what its handler has handled.

namespace tusker::faults {

namespace {

using sample::must;
using offsets = std::vector<std::uint64_t>;
using ear = tusker_test::value_pipe_end<std::uint64_t>;

constexpr std::uint64_t offsets_max = 5;
constexpr std::size_t batch_events = 3;
/// What is not due yet, and the batch that is under way.
constexpr std::uint64_t told_again_max = offsets_max - 1 + batch_events;

/// A journal with events, and a read store that only other processes open until they are dead.
class listening_site {
public:
  explicit listening_site(std::uint64_t events) {
    options_.journal.directory = folder_.path() / "journal";
    options_.journal.durable = durability::volatile_mode;
    options_.read_store.directory = folder_.path() / "read";
    auto journal = must(open_lmdb_journal(options_.journal));
    auto stream = sample::stream_named("account-1");
    append_item item;
    item.stream = stream;
    item.shard = shard_of(stream, journal->shards());
    item.time = sample::time_at(0);
    for (std::uint64_t number = 1; number <= events; ++number) {
      auto content = must(encode_message(booked{static_cast<std::int64_t>(number), 1}));
      item.events = {{event_id(sample::id_numbered(number)), content, {}, sample::time_at(0)}};
      if (!std::holds_alternative<appended>(must(journal->append(std::array{item})).front()))
        throw std::logic_error("an event was refused");
    }
    auto making = options_.read_store;
    making.journal = must(journal->info()).id;
    (void)must(open_lmdb_read_store(making));
  }

  [[nodiscard]] auto options() const -> const runtime_options& { return options_; }

  /// Where the dead have left the checkpoint.
  [[nodiscard]] auto checkpoint() const -> std::uint64_t {
    auto reading = options_.read_store;
    reading.mode = open_mode::read_only;
    auto all = must(checkpoints_of(*must(open_lmdb_read_store(reading))));
    return all.empty() ? 0 : all.front().offset.value_or(before_all_events).value();
  }

private:
  tusker_test::temporary_folder folder_{tusker_test::memory_backed_base()};
  runtime_options options_;
};

/// How much the next process handles before its parent kills it, unless it dies itself within a commit of its.
struct incarnation {
  std::uint64_t handles = 0;
  planned_death death;
};

enum class consumer {
  handles_first,
  /// Says of an event that it is handled, and handles it when others have come: its checkpoint is stored before.
  promises_first,
};

/// Tells the parent, which may be slow to kill: it hangs when it has told a few more than it was to.
void tell(const ear& parent, std::uint64_t offset, std::uint64_t& left) {
  if (left == 0)
    for (;;)
      ::pause();
  --left;
  parent.send(offset);
}

auto handler_of(const incarnation& next, consumer how, const ear& parent) -> event_handler {
  constexpr std::uint64_t told_after = 20;
  auto all = next.handles + told_after;
  if (how == consumer::handles_first) {
    return [&parent, left = all](const recorded_event& event) mutable -> result<void> {
      tell(parent, event.at.offset.value(), left);
      return {};
    };
  }
  return [&parent, left = all,
          promised = std::deque<std::uint64_t>()](const recorded_event& event) mutable -> result<void> {
    constexpr std::size_t promised_max = 8;
    promised.push_back(event.at.offset.value());
    if (promised.size() > promised_max) {
      tell(parent, promised.front(), left);
      promised.pop_front();
    }
    return {};
  };
}

/// A running node with threads, until it is killed.
void listen(const listening_site& site, const incarnation& next, consumer how, const ear& parent) {
  commit_killer killer(next.death);
  io_watch watch(site.options().read_store.directory, killer);
  auto node = must(runtime::open(site.options()));
  if (auto started = node.add<account>().start(); !started)
    throw std::runtime_error(to_string(started.error()));
  subscribe_options options;
  options.checkpoint = "mails";
  options.checkpoint_offsets_max = offsets_max;
  options.batch_events_max = batch_events;
  auto made = must(node.subscribe(options, handler_of(next, how, parent)));
  for (;;)
    ::pause();
}

/// What one process after the other has handled.
struct history {
  std::uint64_t highest = 0; ///< Without a gap, if there was none.
  bool has_gap = false;
  bool has_stopped = false;     ///< One of them came no further.
  std::uint64_t told_again = 0; ///< The most.
  bool is_ahead = false;        ///< A checkpoint was found ahead of what was handled.

  void add(const offsets& told, std::uint64_t checkpoint) {
    auto before = highest;
    for (auto offset : told) {
      has_gap = has_gap || offset > highest + 1;
      if (offset <= highest && offset == told.front())
        told_again = std::max(told_again, highest - offset + 1);
      highest = std::max(highest, offset);
    }
    has_stopped = has_stopped || highest == before;
    is_ahead = is_ahead || checkpoint > highest;
  }
};

auto run_until_killed(const listening_site& site, const incarnation& next, consumer how) -> offsets {
  auto child = tusker_test::kill_child_after<std::uint64_t>(
      next.handles, [&](const ear& parent) { listen(site, next, how, parent); });
  if (!child.was_killed)
    throw std::logic_error("the process was not killed");
  return child.told;
}

/// A subscription makes a few commits before its first event: it adds its entry, claims it, and begins.
constexpr std::size_t opening_commits = 6;

auto drawn(std::mt19937& random) -> incarnation {
  incarnation next;
  next.handles = told_again_max + 1 + random() % 40;
  next.death.commits = opening_commits + random() % 8;
  if (auto lot = random() % (2 * crash_moments.size()); lot < crash_moments.size()) {
    next.death.moment = crash_moments.at(lot);
    next.handles = 400; // it dies before
  }
  return next;
}

} // namespace

TEST_CASE("a process that is killed while a subscription with a checkpoint runs leaves no event unhandled",
          "[soak]") {
  const auto kills = tusker_test::rounds(10, 300);
  listening_site site(static_cast<std::uint64_t>(kills) * 500 + 1'000);
  std::mt19937 random(20261128); // NOLINT: the same kills in every run
  history seen;
  std::uint64_t checkpoint = 0;
  for (auto kill = 0; kill < kills; ++kill) {
    auto next = drawn(random);
    auto told = run_until_killed(site, next, consumer::handles_first);
    auto before = std::exchange(checkpoint, site.checkpoint());
    seen.add(told, checkpoint);
    INFO("kill " << kill << ", of " << next.handles << " events or behind " << next.death.commits
                 << " commits");
    REQUIRE_FALSE(seen.has_gap);
    REQUIRE_FALSE(seen.has_stopped);
    REQUIRE_FALSE(seen.is_ahead);
    REQUIRE(seen.told_again <= told_again_max);
    REQUIRE(checkpoint >= before);
  }
  CHECK(checkpoint > 0);
  tusker_test::report_soak(std::to_string(kills) + " kills of a listening process, " +
                           std::to_string(seen.highest) + " events handled, at most " +
                           std::to_string(seen.told_again) + " told again");
}

TEST_CASE("control: a consumer whose checkpoint is stored before it has handled events is found out") {
  constexpr auto kills = 10;
  listening_site site(std::uint64_t{500} * kills);
  std::mt19937 random(1); // NOLINT: the same kills in every run
  history seen;
  for (auto kill = 0; kill < kills && !seen.has_gap; ++kill) {
    auto told = run_until_killed(site, drawn(random), consumer::promises_first);
    seen.add(told, site.checkpoint());
  }
  CHECK(seen.has_gap);
  CHECK(seen.is_ahead);
}

} // namespace tusker::faults
