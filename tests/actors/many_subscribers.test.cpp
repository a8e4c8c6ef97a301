#include "counter.hpp"

#include <tusker/actors/runtime.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <condition_variable>
#include <deque>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <variant>
#include <vector>

// Several writers and several subscribers at once, on threads, over a journal in files.

using namespace tusker;

namespace {

constexpr int writers = 4;

struct noted {
  std::int64_t number = 0;
  std::string text;
  static constexpr auto schema =
      event("Noted", 1, field("number", &noted::number), field("text", &noted::text));
};

struct take_note {
  std::int64_t number = 0;
  static constexpr auto schema = command("TakeNote", 1, field("number", &take_note::number));
};

/// A second aggregate, with events of some size.
struct notebook {
  static constexpr std::string_view type_name = "notebook";
  struct state {};
  using command = std::variant<take_note>;
  using event = std::variant<noted>;
  using rejection = std::variant<>;
  static auto decide(const state&, const take_note& wish, const context&) -> decision<notebook> {
    return noted{wish.number, std::string(1'000, 'n')};
  }
  static auto evolve(state same, const noted&) -> state { return same; }
};

/// A journal in files that counts, for each filter, the events that its readers were given.
class counted_journal final : public forwarding_journal {
public:
  explicit counted_journal(std::unique_ptr<journal> engine)
      : forwarding_journal(*engine), engine_(std::move(engine)) {}

  [[nodiscard]] auto read_log(log_id log, log_offset after, read_limit limit, const log_filter& filter) const
      -> result<log_slice> override {
    auto slice = engine_->read_log(log, after, limit, filter);
    std::lock_guard lock(mutex_);
    if (slice)
      given_[filter.stream_prefix] += slice->events.size();
    return slice;
  }

  /// To those that asked for this prefix.
  [[nodiscard]] auto given(const std::string& prefix) const -> std::uint64_t {
    std::lock_guard lock(mutex_);
    auto found = given_.find(prefix);
    return found == given_.end() ? 0 : found->second;
  }

private:
  std::unique_ptr<journal> engine_;
  mutable std::mutex mutex_; // guards what follows
  mutable std::map<std::string, std::uint64_t> given_;
};

/// A handler that can be held, and what it was told.
class listener {
public:
  explicit listener(log_filter wanted) : filter(std::move(wanted)) {}

  auto take(const recorded_event& event) -> result<void> {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !is_held_; });
    is_right_ = is_right_ && event.at.offset > last_ && passes(event, filter);
    last_ = event.at.offset;
    ++events_;
    changed_.notify_all();
    return {};
  }
  void hold() {
    std::lock_guard lock(mutex_);
    is_held_ = true;
  }
  void release() {
    std::lock_guard lock(mutex_);
    is_held_ = false;
    changed_.notify_all();
  }
  void wait_for(std::uint64_t events) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return events_ >= events; });
  }
  [[nodiscard]] auto events() const -> std::uint64_t {
    std::lock_guard lock(mutex_);
    return events_;
  }
  /// In order, none twice, none that was not wanted.
  [[nodiscard]] auto is_right() const -> bool {
    std::lock_guard lock(mutex_);
    return is_right_;
  }

  const log_filter filter;

private:
  mutable std::mutex mutex_; // guards what follows
  std::condition_variable changed_;
  bool is_held_ = false;
  bool is_right_ = true;
  log_offset last_;
  std::uint64_t events_ = 0;
};

struct busy_node {
  busy_node() {
    journal_options in_files;
    in_files.directory = folder.path() / "journal";
    in_files.durable = durability::volatile_mode;
    auto counted = std::make_unique<counted_journal>(open_lmdb_journal(in_files).value());
    log = counted.get();
    node.emplace(runtime::open({}, std::move(counted)).value());
    if (auto started = node->add<counting::counter>().add<notebook>().start(); !started)
      throw std::logic_error(to_string(started.error()));
  }

  [[nodiscard]] auto subscribe(subscription_start from, listener& to, std::size_t batch) -> subscription {
    subscribe_options options;
    options.from = from;
    options.filter = to.filter;
    options.batch_events_max = batch;
    return node->subscribe(options, [&to](const recorded_event& event) { return to.take(event); }).value();
  }

  /// So many commands of one writer, of which each makes an event.
  void write(int writer, int commands) {
    std::deque<pending<receipt>> answers;
    for (auto at = 0; at < commands; ++at) {
      auto key = "w" + std::to_string(writer) + "-" + std::to_string(at % 20);
      answers.push_back(at % 2 == 0 ? node->dispatch<counting::counter>(key, counting::add{1})
                                    : node->dispatch<notebook>(key, take_note{at}));
      if (answers.size() < 500)
        continue;
      (void)answers.front().get();
      answers.pop_front();
    }
    for (auto& answer : answers)
      (void)answer.get();
  }

  void write_at_once(int commands_each) {
    std::vector<std::thread> threads;
    threads.reserve(writers);
    for (auto writer = 0; writer < writers; ++writer)
      threads.emplace_back([this, writer, commands_each] { write(writer, commands_each); });
    for (auto& thread : threads)
      thread.join();
  }

  /// How many events behind an offset pass, counted one by one.
  [[nodiscard]] auto count(log_offset after, const log_filter& filter) const -> std::uint64_t {
    std::uint64_t found = 0;
    for (;;) {
      auto slice = node->journal().read_log(log_id(0), after, {}, {}).value();
      for (const auto& event : slice.events)
        found += passes(event, filter) ? 1 : 0;
      after = slice.scanned_to;
      if (after == slice.head)
        return found;
    }
  }

  tusker_test::temporary_folder folder{tusker_test::memory_backed_base()};
  counted_journal* log = nullptr;
  std::optional<runtime> node;
};

/// The process's own memory, without files that are mapped, in bytes.
auto own_memory() -> std::uint64_t {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::uint64_t kilobytes = 0;
    if (word == "RssAnon:" && status >> kilobytes)
      return kilobytes << 10U;
  }
  return 0;
}

/// What lies between a reader and a handler that is held while another one takes the whole log.
struct backlog {
  std::uint64_t events = 0;
  std::uint64_t bytes = 0;
};

constexpr std::size_t batch_of_held = 100;

/// A sanitizer of addresses keeps what is freed, so its process's memory says nothing of the node's.
#ifdef __SANITIZE_ADDRESS__
constexpr bool is_memory_telling = false;
#else
constexpr bool is_memory_telling = true;
#endif

/// `is_bounded` tells whether what lies there is no more than a subscription says.
auto is_bounded(const backlog& of) -> bool {
  constexpr std::uint64_t bytes_max = std::uint64_t{8} << 20U;
  return of.events <= 2 * batch_of_held && (!is_memory_telling || of.bytes <= bytes_max);
}

/// Subscribes through `take` from the beginning, and looks when another subscriber has had all and `settle` returns.
auto backlog_behind(busy_node& busy, listener& held, const event_handler& take,
                    const std::function<void()>& settle) -> backlog {
  listener fast({});
  auto head = busy.node->journal().head(log_id(0)).value().value();
  {
    // Once before, so that memory which every reader needs is there.
    listener first({});
    auto reading = busy.subscribe(from_beginning{}, first, 1'000);
    first.wait_for(head);
  }
  auto before = own_memory();
  held.hold();
  subscribe_options options;
  options.filter = held.filter;
  options.batch_events_max = batch_of_held;
  auto slow = busy.node->subscribe(options, take).value();
  auto reading = busy.subscribe(from_beginning{}, fast, 1'000);
  fast.wait_for(head);
  settle();
  auto now = own_memory();
  backlog found{busy.log->given(held.filter.stream_prefix) - held.events(), now > before ? now - before : 0};
  held.release();
  return found;
}

auto notes() -> log_filter {
  log_filter filter;
  filter.stream_prefix = "notebook-";
  return filter;
}

} // namespace

TEST_CASE("four subscribers see what four writers write at once: each wanted event once, in order",
          "[soak]") {
  const auto commands_each = tusker_test::rounds(5'000, 50'000);
  busy_node busy;
  busy.write(0, 1'000);
  log_filter by_shard;
  for (std::uint16_t shard = 0; shard < 64; shard = static_cast<std::uint16_t>(shard + 2))
    by_shard.shards.emplace_back(shard);
  log_filter by_prefix;
  by_prefix.stream_prefix = "notebook-w2";
  listener sharded(by_shard);
  listener typed({{"Noted"}, {}, {}});
  listener categorised({{}, {"counter"}, {}});
  listener prefixed(by_prefix);
  auto first = busy.subscribe(from_beginning{}, sharded, 1'000);
  auto second = busy.subscribe(from_end{}, typed, 10);
  auto third = busy.subscribe(from_after{log_offset(300)}, categorised, 100);
  auto fourth = busy.subscribe(from_beginning{}, prefixed, 1'000);
  prefixed.hold(); // It is slow: it begins when all is written.
  busy.write_at_once(commands_each);
  prefixed.release();
  auto check = [&](listener& of, log_offset after) {
    auto wanted = busy.count(after, of.filter);
    of.wait_for(wanted);
    CHECK(of.events() == wanted);
    CHECK(of.is_right());
    CHECK(wanted > 0);
  };
  check(sharded, before_all_events);
  check(typed, log_offset(1'000));
  check(categorised, log_offset(300));
  check(prefixed, before_all_events);
  REQUIRE(busy.node->shutdown());
  CHECK(sharded.events() + typed.events() + categorised.events() + prefixed.events() > 0);
  tusker_test::report_soak(std::to_string(writers * commands_each) +
                           " events of four writers, four subscribers");
}

TEST_CASE("what waits for a slow handler is two batches and no more, however much is in the log", "[soak]") {
  busy_node busy;
  busy.write_at_once(tusker_test::rounds(10'000, 50'000));
  listener slow(notes());
  auto waiting = backlog_behind(
      busy, slow, [&](const recorded_event& event) { return slow.take(event); }, [] {});
  INFO(waiting.events << " events, " << waiting.bytes << " bytes");
  CHECK(is_bounded(waiting));
  REQUIRE(busy.node->shutdown());
}

TEST_CASE("control: a handler that queues all that it is told is seen to pass the bound") {
  busy_node busy;
  busy.write_at_once(10'000);
  listener slow(notes());
  listener queued(notes());
  std::deque<recorded_event> queue;
  auto take = [&](const recorded_event& event) {
    queue.push_back(event);
    return queued.take(event);
  };
  auto wanted = busy.count(before_all_events, notes());
  auto waiting = backlog_behind(busy, slow, take, [&] { queued.wait_for(wanted); });
  CHECK_FALSE(is_bounded(waiting));
  REQUIRE(busy.node->shutdown());
}
