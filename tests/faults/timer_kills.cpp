#include "commit_killer.hpp"
#include "whole_log.hpp"

#include <tusker/actors/runtime.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/timed_command.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/random_id.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>
#include <tusker_test/killed_child.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <functional>
#include <map>
#include <memory>
#include <random>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

// A node dies while its timers fire, again and again over the same journal. Each timer must have its effect once: it is
// either still there, or its event is.

namespace tusker::faults {

namespace {

using contract::fault_list;
using sample::must;
using ear = tusker_test::value_pipe_end<char>;

struct rung {
  std::int64_t number = 0;
  static constexpr auto schema = event("Rung", 1, field("number", &rung::number));
};

struct ring {
  std::int64_t number = 0;
  static constexpr auto schema = command("Ring", 1, field("number", &ring::number));
};

struct bell {
  static constexpr std::string_view type_name = "bell";
  struct state {};
  using command = std::variant<ring>;
  using event = std::variant<rung>;

  static auto decide(const state&, const ring& wish, const context&) -> decision<bell> {
    return rung{wish.number};
  }
  static auto evolve(state now, const rung&) -> state { return now; }
};

constexpr std::int64_t bells = 13;

/// A journal full of timers that are due, which only other processes open until they are dead.
class ringing_site {
public:
  ringing_site(std::int64_t timers, commit_way commits) : timers_(timers) {
    options_.journal.commits = commits;
    options_.journal.directory = folder_.path() / "journal";
    options_.timers_in_flight_max = 4; // so that one commit does not fire all
    auto journal = must(open_lmdb_journal(options_.journal));
    for (std::int64_t number = 0; number < timers; ++number)
      set(*journal, number);
  }

  [[nodiscard]] auto options() const -> const runtime_options& { return options_; }
  [[nodiscard]] auto timers() const -> std::int64_t { return timers_; }

  [[nodiscard]] auto journal() const -> std::unique_ptr<tusker::journal> {
    auto reading = options_.journal;
    reading.mode = open_mode::read_only;
    return must(open_lmdb_journal(reading));
  }

private:
  static void set(tusker::journal& journal, std::int64_t number) {
    auto item = sample::item_for(journal, "bell-" + std::to_string(number % bells), {});
    auto command = must(encode_message(ring{number}));
    item.timers = {must(
        make_timer(item.stream, sample::time_at(number), {std::to_string(number), std::move(command), {}}))};
    sample::record(journal, {item});
  }

  tusker_test::temporary_folder folder_{tusker_test::memory_backed_base()};
  runtime_options options_;
  std::int64_t timers_;
};

/// What is wrong with what a dead node has left, and how many timers are still to fire.
struct examination {
  fault_list faults;
  std::int64_t pending = 0;
};

auto examine(const ringing_site& site) -> examination {
  auto journal = site.journal();
  std::map<std::int64_t, int> effects;
  for (const auto& event : contract::whole_log(*journal))
    ++effects[must(decode<rung>(event.data.content.json)).number];
  std::map<std::int64_t, int> pending;
  auto all = timer_range{.timers_max = static_cast<std::size_t>(site.timers())};
  for (const auto& timer : must(list_timers(*journal, all)))
    ++pending[must(decode<ring>(timer.content.json)).number];
  examination found;
  for (std::int64_t number = 0; number < site.timers(); ++number) {
    if (effects[number] + pending[number] != 1)
      found.faults.push_back("timer " + std::to_string(number) + " has " + std::to_string(effects[number]) +
                             " effects and is there " + std::to_string(pending[number]) + " times");
    found.pending += pending[number];
  }
  return found;
}

auto drawn(std::mt19937& random) -> planned_death {
  // An opening publishes once or twice, when it takes the shards over; behind three something has fired.
  constexpr std::size_t opening_commits = 3;
  return draw_death(random, opening_commits);
}

/// Records what fires a timer and takes the timer along in two commits: the positive control.
class apart_journal final : public forwarding_journal {
public:
  enum class order { effect_first, timer_first };

  apart_journal(std::unique_ptr<journal> sound, order which)
      : forwarding_journal(*sound), sound_(std::move(sound)), order_(which) {}

  [[nodiscard]] auto append(std::span<const append_item> batch)
      -> result<std::vector<append_verdict>> override {
    std::vector<append_item> effects(batch.begin(), batch.end());
    std::vector<append_item> timers;
    for (auto& item : effects) {
      if (auto timer = std::exchange(item.fires, std::nullopt)) {
        item.command = command_id(random_uuid(item.time));
        timers.push_back(cancelling(item, timer->key));
      }
    }
    if (order_ == order::timer_first && !timers.empty())
      (void)engine().append(timers);
    auto verdicts = engine().append(effects);
    if (order_ == order::effect_first && !timers.empty())
      (void)engine().append(timers);
    return verdicts;
  }

private:
  static auto cancelling(const append_item& firing, const timer_key& timer) -> append_item {
    append_item item;
    item.shard = firing.shard;
    item.shard_epoch = firing.shard_epoch;
    item.stream = firing.stream;
    item.timers_cancelled = {timer};
    return item;
  }

  std::unique_ptr<journal> sound_;
  order order_;
};

/// What is put between a node and its journal.
using wrapping = std::function<std::unique_ptr<journal>(std::unique_ptr<journal>)>;

auto sound(std::unique_ptr<journal> engine) -> std::unique_ptr<journal> {
  return engine;
}

auto start_node(const ringing_site& site, const wrapping& wrap) -> runtime {
  auto node = must(runtime::open(site.options(), wrap(must(open_lmdb_journal(site.options().journal)))));
  node.add<bell>();
  if (auto started = node.start(); !started)
    throw std::runtime_error(to_string(started.error()));
  return node;
}

/// A running node with threads, until it is killed.
void run_until_killed(const ringing_site& site, const planned_death& next, const wrapping& wrap,
                      fault_list& faults) {
  auto ring_on = [&](const ear& parent) {
    commit_killer killer(
        next, [&parent] { parent.send('.'); }, site.options().journal.commits);
    io_watch watch(site.options().journal.directory, killer);
    auto node = start_node(site, wrap);
    for (;;)
      ::pause();
  };
  auto told = next.moment ? std::uint64_t{1'000'000} : next.commits;
  if (!tusker_test::kill_child_after<char>(told, ring_on).was_killed)
    faults.push_back("the node was not killed");
}

/// Lets a node do the rest, and gives what is wrong then.
auto faults_of_rest(const ringing_site& site) -> fault_list {
  auto node = start_node(site, sound);
  while (!must(node.timers({.timers_max = 1})).empty())
    std::this_thread::yield();
  if (!node.shutdown())
    return {"the node did not end"};
  return examine(site).faults;
}

} // namespace

TEST_CASE("a node that is killed while its timers fire fires each of them once", "[soak]") {
  auto commits = GENERATE(commit_way::direct, commit_way::logged);
  const auto kills = tusker_test::rounds(10, 200);
  ringing_site site(static_cast<std::int64_t>(kills) * 50, commits);
  std::mt19937 random(20261128); // NOLINT: the same kills in every run
  auto before = site.timers();
  for (auto kill = 0; kill < kills; ++kill) {
    auto next = drawn(random);
    fault_list faults;
    run_until_killed(site, next, sound, faults);
    auto found = examine(site);
    INFO("kill " << kill << ", behind " << next.commits << " commits");
    REQUIRE(faults == contract::no_faults);
    REQUIRE(found.faults == contract::no_faults);
    REQUIRE(found.pending < before);
    before = found.pending;
  }
  CHECK(before > 0);
  CHECK(faults_of_rest(site) == contract::no_faults);
  tusker_test::report_soak(std::string(name_of(commits)) + ": " + std::to_string(kills) +
                           " kills of a node whose timers fire, " + std::to_string(site.timers()) +
                           " timers fired once each");
}

TEST_CASE("control: a node that takes its timers along in a commit of their own is found out") {
  auto order = GENERATE(apart_journal::order::effect_first, apart_journal::order::timer_first);
  auto apart = [order](std::unique_ptr<journal> engine) -> std::unique_ptr<journal> {
    return std::make_unique<apart_journal>(std::move(engine), order);
  };
  ringing_site site(1'000, GENERATE(commit_way::direct, commit_way::logged));
  std::mt19937 random(1); // NOLINT: the same kills in every run
  fault_list found;
  for (auto kill = 0; kill < 20 && found.empty(); ++kill) {
    auto next = drawn(random);
    next.moment = crash_moment::after_publish;
    fault_list faults;
    run_until_killed(site, next, apart, faults);
    REQUIRE(faults == contract::no_faults);
    found = examine(site).faults;
  }
  CHECK_FALSE(found.empty());
}

} // namespace tusker::faults
