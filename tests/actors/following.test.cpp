#include "counting_node.hpp"

#include <tusker/actors/runtime.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

// Writers and subscribers on threads: each subscriber gets each event that it wants once, in order, whenever it begins,
// and one that is slow holds no more than it asked for.

using namespace tusker;

namespace {

constexpr std::int64_t events_per_command = 100;
constexpr int commands_per_writer = 500;
constexpr int writers = 4;
constexpr std::uint64_t events_in_all = 200'000;

struct burst {
  std::int64_t count = 0;
  static constexpr auto schema = command("Burst", 1, field("count", &burst::count));
};

struct even {
  std::int64_t number = 0;
  static constexpr auto schema = event("Even", 1, field("number", &even::number));
};

struct odd {
  std::int64_t number = 0;
  static constexpr auto schema = event("Odd", 1, field("number", &odd::number));
};

/// Emits as many events as it is told to.
struct emitter {
  static constexpr std::string_view type_name = "emitter";
  struct state {
    std::int64_t emitted = 0;
  };
  using command = std::variant<burst>;
  using event = std::variant<even, odd>;

  static auto decide(const state& now, const burst& wish, const context&) -> decision<emitter> {
    std::vector<event> events;
    events.reserve(static_cast<std::size_t>(wish.count));
    for (std::int64_t number = now.emitted; number < now.emitted + wish.count; ++number)
      events.push_back(number % 2 == 0 ? event(even{number}) : event(odd{number}));
    return events;
  }
  static auto evolve(state now, const even&) -> state { return {now.emitted + 1}; }
  static auto evolve(state now, const odd&) -> state { return {now.emitted + 1}; }
};

/// Counts how often one filter was read with.
class counted_journal final : public forwarding_journal {
public:
  explicit counted_journal(std::unique_ptr<journal> engine)
      : forwarding_journal(*engine), engine_(std::move(engine)) {}

  [[nodiscard]] auto read_log(log_id log, log_offset after, read_limit limit, const log_filter& filter) const
      -> result<log_slice> override {
    if (filter == watched)
      ++reads;
    return forwarding_journal::read_log(log, after, limit, filter);
  }

  log_filter watched{{"Odd"}, {"emitter"}, {}};
  mutable std::atomic<int> reads{0};

private:
  std::unique_ptr<journal> engine_;
};

/// What a subscriber heard, and a way to wait for its last event.
class hearing {
public:
  auto handler() -> event_handler {
    return [this](const recorded_event& event) -> result<void> {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return !is_held_; });
      heard_.push_back(event.at.offset);
      changed_.notify_all();
      return {};
    };
  }
  void hold() { set_held(true); }
  void let_go() { set_held(false); }

  auto wait_for(std::size_t count) -> std::vector<log_offset> {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return heard_.size() >= count; });
    return heard_;
  }

private:
  void set_held(bool held) {
    std::lock_guard lock(mutex_);
    is_held_ = held;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_held_ = false;
  std::vector<log_offset> heard_;
};

/// All that the log has of it, read anew.
auto wanted(const journal_reader& from, log_offset after, const log_filter& filter)
    -> std::vector<log_offset> {
  std::vector<log_offset> offsets;
  for (;;) {
    auto slice = from.read_log(log_id(0), after, {}, filter).value();
    for (const auto& event : slice.events)
      offsets.push_back(event.at.offset);
    after = slice.scanned_to;
    if (after == slice.head)
      return offsets;
  }
}

void write_from_threads(runtime& node) {
  std::vector<std::thread> threads;
  threads.reserve(writers);
  for (auto writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&node, writer] {
      for (auto at = 0; at < commands_per_writer; ++at)
        (void)node.dispatch<emitter>(std::to_string(writer), burst{events_per_command}).get();
    });
  }
  for (auto& thread : threads)
    thread.join();
}

} // namespace

TEST_CASE(
    "four subscribers with four starts see all that four writers write, and a slow one holds two batches") {
  auto counted = std::make_unique<counted_journal>(*open_memory_journal());
  auto& journal = *counted;
  auto node = runtime::open({}, std::move(counted)).value();
  REQUIRE(node.add<emitter>().start());
  hearing all;
  hearing odds;
  hearing later;
  hearing fresh;
  odds.hold();
  subscribe_options odd_ones;
  odd_ones.filter = journal.watched;
  subscribe_options from_middle;
  from_middle.from = from_after{log_offset(events_in_all / 2)};
  from_middle.batch_events_max = 7;
  auto first = node.subscribe({}, all.handler()).value();
  auto second = node.subscribe(odd_ones, odds.handler()).value();
  auto third = node.subscribe(from_middle, later.handler()).value();
  REQUIRE(node.dispatch<emitter>("before", burst{10}).get());
  subscribe_options from_now;
  from_now.from = from_end{};
  auto fourth = node.subscribe(from_now, fresh.handler()).value();
  write_from_threads(node);

  auto head = journal.head(log_id(0)).value();
  REQUIRE(head == log_offset(events_in_all + 10));
  CHECK(all.wait_for(events_in_all + 10) == wanted(journal, before_all_events, {}));
  auto middle = wanted(journal, log_offset(events_in_all / 2), {});
  CHECK(later.wait_for(middle.size()) == middle);
  CHECK(fresh.wait_for(events_in_all) == wanted(journal, log_offset(10), {}));
  // The slow one has asked for two batches and got no third, in 2,000 commits: it looked before there was anything, and
  // may have looked once more for each batch in vain.
  CHECK(journal.reads <= 6);
  odds.let_go();
  auto odd_offsets = wanted(journal, before_all_events, odd_ones.filter);
  CHECK(odds.wait_for(odd_offsets.size()) == odd_offsets);
  CHECK(first.status().events == events_in_all + 10);
  CHECK(node.shutdown());
}
