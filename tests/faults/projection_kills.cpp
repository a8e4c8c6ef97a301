#include "commit_killer.hpp"
#include "ledger.hpp"
#include "whole_log.hpp"

#include <tusker/actors/deterministic_runtime.hpp>
#include <tusker/actors/projection_rows.hpp>
#include <tusker/actors/runtime.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/lmdb_read_store.hpp>
#include <tusker/persistence/memory_read_store.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/checkpoint_apart.hpp>
#include <tusker_test/killed_child.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <memory>
#include <random>
#include <thread>
#include <unistd.h>

// A node dies while it projects, again and again over the same journal and read store. What its rows must be is known
// from a replay of the journal from its first event on.

namespace tusker::faults {

namespace {

using contract::fault_list;
using sample::must;
using ear = tusker_test::value_pipe_end<char>;

constexpr std::uint64_t events_per_commit = 5;
/// A journal with events, and a read store that only other processes open until they are dead.
class projecting_site {
public:
  explicit projecting_site(std::uint64_t events) : events_(events) {
    options_.journal.directory = folder_.path() / "journal";
    options_.journal.durable = durability::volatile_mode;
    options_.read_store.directory = folder_.path() / "read";
    auto journal = must(open_lmdb_journal(options_.journal));
    for (std::uint64_t number = 1; number <= events; ++number)
      record(*journal, number);
  }

  [[nodiscard]] auto options() const -> const runtime_options& { return options_; }
  [[nodiscard]] auto events() const -> std::uint64_t { return events_; }

  [[nodiscard]] auto journal() const -> std::unique_ptr<tusker::journal> {
    auto reading = options_.journal;
    reading.mode = open_mode::read_only;
    return must(open_lmdb_journal(reading));
  }
  [[nodiscard]] auto rows() const -> std::unique_ptr<read_store> {
    auto reading = options_.read_store;
    reading.mode = open_mode::read_only;
    return must(open_lmdb_read_store(reading));
  }

private:
  static void record(tusker::journal& journal, std::uint64_t number) {
    auto happened = booked{static_cast<std::int64_t>(number), static_cast<std::int64_t>(number * 7 % 100)};
    append_item item;
    item.stream = sample::stream_named("account-" + std::to_string(number % 7));
    item.shard = shard_of(item.stream, journal.shards());
    auto content = must(encode_message(happened));
    item.events = {{event_id(sample::id_numbered(number)), content, {}, sample::time_at(0)}};
    item.time = sample::time_at(0);
    if (!std::holds_alternative<appended>(must(journal.append(std::array{item})).front()))
      throw std::logic_error("an event was refused");
  }

  tusker_test::temporary_folder folder_{tusker_test::memory_backed_base()};
  runtime_options options_;
  std::uint64_t events_;
};

/// The digest of the rows that a replay of the events up to an offset makes, in large commits.
auto digest_of_replay(const journal_reader& journal, log_offset offset) -> std::string {
  constexpr std::size_t events_at_once = 1'000;
  auto store = must(open_memory_read_store());
  auto type = must(describe_projection<ledger>());
  auto model = must(store->add_projection(type.name, type.version)).serving.number;
  auto rows = projection_rows(*store, model, {});
  for (auto at = before_all_events; at < offset;) {
    auto slice = must(journal.read_log(log_id(0), at, {events_at_once}, {}));
    for (const auto& event : slice.events)
      if (event.at.offset <= offset)
        (void)must(type.handle(event, rows).map([] { return true; }));
    auto to = std::min(slice.scanned_to, offset);
    (void)must(store->commit({type.name, model, log_id(0), epoch(0), at, to, rows.take(), {}}));
    at = to;
  }
  return must(store->digest(model));
}

void check_model(const journal_reader& journal, const read_store& store, const model_entry& model,
                 const std::string& which, fault_list& faults) {
  auto offset = model.offset_of(log_id(0));
  if (must(store.digest(model.number)) != digest_of_replay(journal, offset))
    faults.push_back("the rows that " + which + " are not those of offset " + std::to_string(offset.value()));
}

/// What is wrong with the rows that a dead node has left, and how far they are.
struct examination {
  fault_list faults;
  log_offset serving;
  std::optional<log_offset> building;
};

auto examine(const projecting_site& site) -> examination {
  examination found;
  auto journal = site.journal();
  auto store = site.rows();
  auto entry = must(store->find_projection(ledger::name));
  if (!entry)
    return found;
  check_model(*journal, *store, entry->serving, "serve", found.faults);
  found.serving = entry->serving.offset_of(log_id(0));
  if (entry->building) {
    check_model(*journal, *store, *entry->building, "are built", found.faults);
    found.building = entry->building->offset_of(log_id(0));
  }
  return found;
}

/// What the next process is to do, and when it dies.
struct incarnation {
  planned_death death;
  bool begins_rebuild = false;
};

auto options_of_projection() -> projection_options {
  projection_options how;
  how.commit_events_max = events_per_commit;
  return how;
}

auto start_node(const projecting_site& site) -> runtime {
  auto node = must(runtime::open(site.options()));
  node.add<account>().add_projection<ledger>(options_of_projection());
  if (auto started = node.start(); !started)
    throw std::runtime_error(to_string(started.error()));
  return node;
}

/// A running node with threads, until it is killed.
void project(const projecting_site& site, const incarnation& next, const ear& parent) {
  commit_killer killer(next.death, [&parent] { parent.send('.'); });
  io_watch watch(site.options().read_store.directory, killer);
  auto node = start_node(site);
  if (next.begins_rebuild)
    (void)node.rebuild_projection(ledger::name);
  for (;;)
    ::pause();
}

/// The same with a store that commits rows and offset apart: the positive control.
void project_apart(const projecting_site& site, const incarnation& next, const ear& parent) {
  auto journal = must(open_lmdb_journal(site.options().journal));
  auto options = site.options().read_store;
  options.journal = must(journal->info()).id;
  commit_killer killer(next.death, [&parent] { parent.send('.'); });
  io_watch watch(site.options().read_store.directory, killer);
  auto store = must(open_lmdb_read_store(options));
  auto broken = std::make_shared<tusker_test::checkpoint_apart>(*store);
  auto node = must(deterministic_runtime::open({}, std::move(journal), broken, sample::time_at(0)));
  node->add<account>().add_projection<ledger>(options_of_projection());
  if (auto started = node->start(); !started)
    throw std::runtime_error(to_string(started.error()));
  node.run();
  for (;;)
    ::pause();
}

template <class Projecting>
void run_until_killed(const projecting_site& site, const incarnation& next, const Projecting& projecting,
                      fault_list& faults) {
  auto child =
      tusker_test::kill_child_after<char>(next.death.moment ? site.events() : next.death.commits,
                                          [&](const ear& parent) { projecting(site, next, parent); });
  if (!child.was_killed)
    faults.push_back("the node was not killed");
}

/// An opening makes a few commits of its own: it claims, and the first one makes the store.
constexpr std::size_t opening_commits = 6;

auto drawn(std::mt19937& random) -> incarnation {
  return {draw_death(random, opening_commits)};
}

/// Lets a node do the rest, and gives its rows' faults.
auto faults_of_rest(const projecting_site& site) -> fault_list {
  auto node = start_node(site);
  for (;;) {
    auto status = must(node.projection_status_of(ledger::name));
    if (status.phase == projection_phase::failed)
      return {"the projection failed: " + to_string(status.failure.value_or(error()))};
    if (status.phase == projection_phase::live && status.position == log_offset(site.events()))
      break;
    std::this_thread::yield();
  }
  if (!node.shutdown())
    return {"the node did not end"};
  auto found = examine(site);
  if (found.building)
    found.faults.push_back("a model is still being built");
  return found.faults;
}

} // namespace

TEST_CASE(
    "a node that is killed while it projects leaves rows as a replay makes them, and the next one goes on",
    "[soak]") {
  const auto kills = tusker_test::rounds(50, 500);
  projecting_site site(static_cast<std::uint64_t>(kills) * 70);
  std::mt19937 random(20261126); // NOLINT: the same kills in every run
  log_offset before;
  for (auto kill = 0; kill < kills; ++kill) {
    auto next = drawn(random);
    fault_list faults;
    run_until_killed(site, next, project, faults);
    auto found = examine(site);
    INFO("kill " << kill << ", behind " << next.death.commits << " commits");
    REQUIRE(faults == contract::no_faults);
    REQUIRE(found.faults == contract::no_faults);
    REQUIRE(found.serving > before);
    before = found.serving;
  }
  CHECK(faults_of_rest(site) == contract::no_faults);
  tusker_test::report_soak(std::to_string(kills) + " kills of a projecting node, " +
                           std::to_string(before.value()) + " events projected meanwhile");
}

TEST_CASE(
    "a node that is killed while it rebuilds goes on or begins anew, and what serves is whole all the time",
    "[soak]") {
  const auto kills = tusker_test::rounds(25, 250);
  projecting_site site(400);
  REQUIRE(faults_of_rest(site) == contract::no_faults);
  std::mt19937 random(20261127); // NOLINT: the same kills in every run
  auto builds_seen = 0;
  for (auto kill = 0; kill < kills; ++kill) {
    auto next = drawn(random);
    next.begins_rebuild = kill % 6 == 0;
    fault_list faults;
    run_until_killed(site, next, project, faults);
    auto found = examine(site);
    INFO("kill " << kill << ", behind " << next.death.commits << " commits");
    REQUIRE(faults == contract::no_faults);
    REQUIRE(found.faults == contract::no_faults);
    CHECK(found.serving == log_offset(site.events()));
    builds_seen += found.building ? 1 : 0;
  }
  CHECK(builds_seen > 0);
  CHECK(faults_of_rest(site) == contract::no_faults);
  tusker_test::report_soak(std::to_string(kills) + " kills of a rebuilding node, " +
                           std::to_string(builds_seen) + " of them within a build");
}

TEST_CASE("control: a node whose read store commits rows and offset apart is found out") {
  projecting_site site(500);
  std::mt19937 random(1); // NOLINT: the same kills in every run
  fault_list found;
  for (auto kill = 0; kill < 20 && found.empty(); ++kill) {
    auto next = drawn(random);
    next.death.moment = crash_moment::after_publish;
    fault_list faults;
    run_until_killed(site, next, project_apart, faults);
    REQUIRE(faults == contract::no_faults);
    found = examine(site).faults;
  }
  CHECK_FALSE(found.empty());
}

} // namespace tusker::faults
