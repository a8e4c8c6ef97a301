#include <tusker/bench/recovery.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/bench/append_options.hpp>
#include <tusker/bench/contest.hpp>
#include <tusker/bench/order_commands.hpp>
#include <tusker/bench/order_snapshots.hpp>
#include <tusker/bench/order_streams.hpp>
#include <tusker/bench/raw_stream_fold.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/work_folder.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <string>
#include <utility>

namespace tusker::bench {

namespace {

constexpr std::array<std::uint64_t, 2> lengths{100, 10'000};

/// How old a snapshot is as a rule, when there is one every hundred events.
constexpr std::uint64_t snapshot_age = 50;

/// Orders of one length, and their journal.
struct order_shelf {
  std::filesystem::path folder;
  std::uint64_t orders = 0;
  std::uint64_t length = 0;
};

/// Takes an operation's time. Operations follow one another with nothing counted in between.
void take(trial& into, std::chrono::nanoseconds latency) {
  into.latencies.record(latency);
  into.seconds += std::chrono::duration<double>(latency).count();
  into.counted = ++into.done;
}

auto read_raw(const order_shelf& from) -> result<trial> {
  auto raw = raw_streams::open(from.folder);
  if (!raw)
    return fail(raw.error());
  trial done;
  for (std::uint64_t number = 0; number < from.orders; ++number) {
    auto begun = std::chrono::steady_clock::now();
    auto fold = raw->fold(number);
    take(done, std::chrono::steady_clock::now() - begun);
    if (!fold)
      return fail(fold.error());
    done.is_right = done.is_right && *fold == fold_of_order(number, from.length);
  }
  return done;
}

/// Asks a node for the version of each order, and says how long each took.
template <aggregate Order>
auto look_at_all(runtime& node, const order_shelf& from) -> result<trial> {
  trial done;
  for (std::uint64_t number = 0; number < from.orders; ++number) {
    auto key = order_key(number);
    auto begun = std::chrono::steady_clock::now();
    auto seen = node.dispatch<Order>(key, look_at_order{}).get();
    take(done, std::chrono::steady_clock::now() - begun);
    if (!seen)
      return fail(seen.error());
    done.is_right = done.is_right && seen->version.value() == from.length;
  }
  return done;
}

template <aggregate Order>
auto are_states_right(const runtime& node, const order_shelf& from) -> result<bool> {
  for (std::uint64_t number = 0; number < from.orders; ++number) {
    auto order = node.load<Order>(order_key(number));
    if (!order)
      return fail(order.error());
    if (order_fold{order->version.value(), order->state.qty, order->state.total} !=
        fold_of_order(number, from.length))
      return false;
  }
  return true;
}

/// A node starts, and is asked for each order twice: the first time it has to be loaded.
template <aggregate Order>
auto recover(const order_shelf& from) -> result<trial> {
  runtime_options settings;
  settings.journal.directory = from.folder;
  settings.live_aggregates_max = std::max<std::size_t>(settings.live_aggregates_max, 2 * from.orders);
  stopwatch starting;
  auto node = runtime::open(settings);
  if (!node)
    return fail(node.error());
  if (auto started = node->add<Order>().start(); !started)
    return fail(started.error());
  auto start_ms = starting.seconds() * 1'000;
  // One that nobody wrote: what a node does at its first command alone is no part of loading.
  if (auto first = node->dispatch<Order>("nobody", look_at_order{}).get(); !first)
    return fail(first.error());
  auto cold = look_at_all<Order>(*node, from);
  auto warm = cold ? look_at_all<Order>(*node, from) : fail(cold.error());
  auto right = warm ? are_states_right<Order>(*node, from) : fail(warm.error());
  if (!right)
    return fail(right.error());
  auto stats = node->stats();
  if (auto ended = node->shutdown(); !ended)
    return fail(ended.error());
  cold->figures = {{"in_memory_p50_us", microseconds(warm->latencies.percentile(50))},
                   {"node_start_ms", start_ms}};
  cold->is_right = cold->is_right && warm->is_right && *right && stats.recoveries == from.orders + 1 &&
                   stats.snapshots_passed_over == 0;
  return cold;
}

auto measure(std::uint64_t length, const workload_options& options, const work_folder& work)
    -> result<std::vector<measurement>> {
  auto name = "recovery-" + std::to_string(length);
  order_shelf plain{fresh_folder(work.at(name)), std::max<std::uint64_t>(options.events / length, 1), length};
  auto kept = plain;
  kept.folder = fresh_folder(work.at(name + "-snapshots"));
  for (const auto& folder : {plain.folder, kept.folder})
    if (auto made = make_order_streams(folder, plain.orders, length); !made)
      return fail(made.error());
  if (auto added = add_order_snapshots(kept.folder, kept.orders, length - snapshot_age); !added)
    return fail(added.error());
  std::vector<contender> all{
      {"raw LMDB",
       "the limit: all events by two cursors, numbers found behind colons, no parser and no checksums",
       "ratio", [&] { return read_raw(plain); }},
      {"tusker", "from the command to its receipt: an aggregate without a snapshot", "",
       [&] { return recover<stored_order>(plain); }},
      {"tusker", "the same with a snapshot that is 50 events old", "",
       [&] { return recover<kept_order>(kept); }}};
  if (auto held = hold_contest(all, options.rounds); !held)
    return fail(held.error());
  measurement first;
  first.workload = name;
  first.durable = "none";
  return lines_of(all, first);
}

} // namespace

auto run_recovery(const workload_options& options) -> result<std::vector<measurement>> {
  auto work = work_folder::make(options.data);
  if (!work)
    return fail(work.error());
  std::vector<measurement> lines;
  for (auto length : lengths) {
    auto measured = measure(length, options, *work);
    if (!measured)
      return measured;
    std::ranges::move(*measured, std::back_inserter(lines));
  }
  return lines;
}

} // namespace tusker::bench
