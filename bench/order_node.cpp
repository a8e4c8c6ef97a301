#include <tusker/bench/order_node.hpp>

#include <tusker/bench/bytes_meter.hpp>
#include <tusker/bench/closed_clients.hpp>
#include <tusker/bench/memory_course.hpp>
#include <tusker/bench/order_commands.hpp>
#include <tusker/bench/seen_lag.hpp>
#include <tusker/cli/own_memory.hpp>
#include <tusker/persistence/lmdb_journal.hpp>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <iterator>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

auto number_of(std::string_view key) -> std::uint64_t {
  std::uint64_t number = 0;
  std::from_chars(key.data(), key.data() + key.size(), number);
  return number;
}

/// A subscriber that notes when each order came to it.
class order_watch {
public:
  explicit order_watch(const timed_window& window) : window_(window) {}

  auto begin(runtime& node) -> result<void> {
    auto reading = node.subscribe({}, [this](const recorded_event& event) {
      auto now = timed_window::clock::now();
      if (window_.counts(now))
        lag_.seen(number_of(event.stream.key()), now);
      ++seen_;
      return result<void>();
    });
    if (!reading)
      return fail(reading.error());
    reading_.emplace(std::move(*reading));
    return {};
  }

  void acknowledged(std::uint64_t number, timed_window::time_point at) {
    if (window_.counts(at))
      lag_.acknowledged(number, at);
  }

  /// Waits until it has seen so many, unless it fails. Whether it has seen no more.
  auto has_seen(std::uint64_t events) -> bool {
    while (seen_ < events && reading_->status().phase != subscription_phase::failed)
      std::this_thread::yield();
    reading_->stop();
    return seen_ == events;
  }

  [[nodiscard]] auto lag() const -> const load::latency_histogram& { return lag_.latencies(); }

private:
  const timed_window& window_;
  std::atomic<std::uint64_t> seen_ = 0;
  seen_lag lag_;
  std::optional<subscription> reading_;
};

} // namespace

auto start_order_node(const append_options& options, const std::filesystem::path& folder) -> result<runtime> {
  auto node = runtime::open(node_options(options, folder));
  if (!node)
    return node;
  if (auto started = node->add<stored_order>().start(); !started)
    return fail(started.error());
  return node;
}

auto stored_events(const append_options& options, const std::filesystem::path& folder)
    -> result<std::uint64_t> {
  auto journal = open_lmdb_journal(node_options(options, folder).journal);
  auto head = journal ? (*journal)->head(log_id(0)) : fail(journal.error());
  return head.map([](log_offset at) { return at.value(); });
}

auto are_additions_stored(const append_options& options, const std::filesystem::path& folder,
                          const item_counts& added) -> result<bool> {
  auto journal = open_lmdb_journal(node_options(options, folder).journal);
  if (!journal)
    return fail(journal.error());
  for (std::uint64_t number = 0; number < added.size(); ++number) {
    auto stream = stream_id::make(stored_order::type_name, order_key(number));
    auto version = stream ? (*journal)->stream_head(*stream) : fail(stream.error());
    if (!version)
      return fail(version.error());
    if (version->value() != 1 + added[number])
      return false;
  }
  return true;
}

auto create_orders(const append_options& options, const std::filesystem::path& folder, watched is_watched)
    -> result<trial> {
  auto node = start_order_node(options, folder);
  if (!node)
    return fail(node.error());
  bytes_meter meter(folder);
  timed_window window(options.seconds);
  order_watch watch(window);
  if (is_watched == watched::yes)
    if (auto watching = watch.begin(*node); !watching)
      return fail(watching.error());
  memory_course course(window, cli::own_memory_mb);
  const auto is_course_kept = is_memory_judged(options.seconds);
  std::atomic<std::uint64_t> next = 0;
  std::vector<std::uint64_t> current(options.clients);
  closed_clients clients(options.clients, window);
  auto records = clients.run(
      [&](unsigned client) {
        auto number = current[client] = next++;
        return node->dispatch<stored_order>(order_key(number), creation_of(number), {.expected = no_stream});
      },
      [&](unsigned client, const result<receipt>& answer, timed_window::time_point at) {
        if (is_watched == watched::yes)
          watch.acknowledged(current[client], at);
        if (is_course_kept)
          course.look(at);
        return closed_clients::receipt_is_done(client, answer, at);
      });
  auto memory_mb = cli::own_memory_mb();
  auto done = sum_up(records, window);
  auto seen_all = is_watched == watched::no || (done && watch.has_seen(done->done));
  if (auto ended = node->shutdown(); !ended)
    return fail(ended.error());
  if (!done)
    return done;
  done->figures = {meter.bytes_an_event(done->done), {"rss_anon_mb", memory_mb}};
  if (is_course_kept)
    std::ranges::move(course.figures(), std::back_inserter(done->figures));
  if (is_watched == watched::yes) {
    done->figures.push_back({"seen_after_ack_p50_us", microseconds(watch.lag().percentile(50))});
    done->figures.push_back({"seen_after_ack_p99_us", microseconds(watch.lag().percentile(99))});
  }
  auto stored = stored_events(options, folder);
  if (!stored)
    return fail(stored.error());
  done->is_right = *stored == done->done && seen_all;
  return done;
}

} // namespace tusker::bench
