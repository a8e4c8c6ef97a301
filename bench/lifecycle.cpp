#include <tusker/bench/lifecycle.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/bench/append_options.hpp>
#include <tusker/bench/common_options.hpp>
#include <tusker/bench/free_memory.hpp>
#include <tusker/bench/order_commands.hpp>
#include <tusker/bench/order_streams.hpp>
#include <tusker/bench/spread.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/cli/own_memory.hpp>
#include <tusker/load/closed_loops.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

struct lifecycle_options {
  std::uint64_t aggregates = 100'000;
  std::size_t passes = 3;
  std::size_t in_flight = 256;
  std::size_t room = 1'000;
  double idle_seconds = 10;
  bool is_speed_judged = true;
  std::filesystem::path data = {};
};

constexpr double full_growth_max = 1.1;
/// Of what was taken: what is not free once all have left.
constexpr double kept_share_max = 0.25;

/// A visit of all aggregates, each of which has one event.
struct visit {
  double seconds = 0;
  bool is_right = true;
};

auto visit_all(runtime& node, const lifecycle_options& options) -> visit {
  visit seen;
  std::uint64_t sent = 0;
  auto next = [&]() -> std::optional<load::loop_task> {
    if (sent == options.aggregates)
      return std::nullopt;
    auto number = sent++;
    return load::loop_task{
        number, [&node, number] { return node.dispatch<stored_order>(order_key(number), look_at_order{}); }};
  };
  stopwatch watch;
  load::closed_loops(options.in_flight).run(next, [&seen](const load::loop_answer& answer) {
    seen.is_right = seen.is_right && answer.outcome && answer.outcome->version == stream_version(1);
  });
  seen.seconds = watch.seconds();
  return seen;
}

auto start_node(const lifecycle_options& options, const std::filesystem::path& folder, std::size_t room)
    -> result<runtime> {
  runtime_options settings;
  settings.journal.directory = folder;
  settings.live_aggregates_max = room;
  settings.idle_passivation =
      std::chrono::milliseconds(static_cast<std::int64_t>(options.idle_seconds * 1'000));
  auto node = runtime::open(settings);
  if (!node)
    return node;
  if (auto started = node->add<stored_order>().start(); !started)
    return fail(started.error());
  return node;
}

/// Waits until nobody is in memory. Whether it came to that in ten times the time that it should take.
auto have_all_left(const runtime& node, double idle_seconds) -> bool {
  stopwatch watch;
  while (node.stats().live_aggregates > 0) {
    if (watch.seconds() > 10 * idle_seconds)
      return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  // Actors end behind their routers' count of them.
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  return true;
}

/// What was seen of each pass.
struct coming_and_going {
  double memory_before_mb = 0;
  std::vector<double> seconds;
  std::vector<double> memory_full_mb;
  std::vector<double> memory_empty_mb;
  double memory_trimmed_mb = 0; ///< In the end, without what the allocator holds and nobody uses.
  bool is_right = true;
};

auto come_and_go(runtime& node, const lifecycle_options& options) -> coming_and_going {
  coming_and_going seen;
  seen.memory_before_mb = cli::own_memory_mb();
  for (std::size_t pass = 0; pass < options.passes; ++pass) {
    auto visited = visit_all(node, options);
    seen.seconds.push_back(visited.seconds);
    seen.memory_full_mb.push_back(cli::own_memory_mb());
    auto have_left = have_all_left(node, options.idle_seconds);
    seen.memory_empty_mb.push_back(cli::own_memory_mb());
    seen.is_right = seen.is_right && visited.is_right && have_left;
  }
  give_back_free_memory();
  seen.memory_trimmed_mb = cli::own_memory_mb();
  return seen;
}

auto claims_of(const coming_and_going& seen) -> std::vector<claim> {
  auto taken = std::max(seen.memory_full_mb.back() - seen.memory_before_mb, 1.0);
  auto kept = seen.memory_trimmed_mb - seen.memory_before_mb;
  return {{"memory_full_last_to_first", seen.memory_full_mb.back() / seen.memory_full_mb.front(),
           bound::at_most, full_growth_max},
          {"memory_kept_of_taken", kept / taken, bound::at_most, kept_share_max}};
}

auto measure_coming(const lifecycle_options& options, const std::filesystem::path& folder)
    -> result<measurement> {
  constexpr double mebibyte = 1'048'576;
  // Routers share the room, and keys are not shared out exactly.
  auto node = start_node(options, folder, 2 * options.aggregates);
  if (!node)
    return fail(node.error());
  auto seen = come_and_go(*node, options);
  auto stats = node->stats();
  if (auto ended = node->shutdown(); !ended)
    return fail(ended.error());
  auto taken_mb = seen.memory_full_mb.front() - seen.memory_before_mb;
  measurement one;
  one.workload = "lifecycle-idle";
  one.n = options.aggregates;
  one.seconds = spread_of(seen.seconds).median;
  one.figures = {{"peak_live_actors", static_cast<double>(stats.peak_live_aggregates)},
                 {"passivations", static_cast<double>(stats.passivations)},
                 {"rss_anon_before_mb", seen.memory_before_mb},
                 {"rss_anon_full_first_mb", seen.memory_full_mb.front()},
                 {"rss_anon_empty_first_mb", seen.memory_empty_mb.front()},
                 {"rss_anon_full_last_mb", seen.memory_full_mb.back()},
                 {"rss_anon_empty_last_mb", seen.memory_empty_mb.back()},
                 {"rss_anon_trimmed_mb", seen.memory_trimmed_mb},
                 {"bytes_an_aggregate", taken_mb * mebibyte / static_cast<double>(options.aggregates)}};
  if (options.is_speed_judged)
    one.claims = claims_of(seen);
  one.durable = "none";
  auto visits = options.aggregates * options.passes;
  one.verified = seen.is_right && stats.recoveries >= visits && stats.passivations == stats.recoveries;
  one.notes = "aggregates of one event come by a command that changes nothing, and leave when they were idle";
  return one;
}

auto measure_turnover(const lifecycle_options& options, const std::filesystem::path& folder)
    -> result<measurement> {
  auto node = start_node(options, folder, options.room);
  if (!node)
    return fail(node.error());
  std::vector<double> seconds;
  auto is_right = true;
  for (std::size_t pass = 0; pass < options.passes; ++pass) {
    auto visited = visit_all(*node, options);
    seconds.push_back(visited.seconds);
    is_right = is_right && visited.is_right;
  }
  auto stats = node->stats();
  if (auto ended = node->shutdown(); !ended)
    return fail(ended.error());
  measurement one;
  one.workload = "lifecycle-turnover";
  one.n = options.aggregates;
  one.seconds = spread_of(seconds).median;
  one.figures = {{"room", static_cast<double>(options.room)},
                 {"peak_live_actors", static_cast<double>(stats.peak_live_aggregates)},
                 {"recoveries", static_cast<double>(stats.recoveries)},
                 {"passivations", static_cast<double>(stats.passivations)}};
  one.durable = "none";
  // Who comes last in one pass is not who comes first in the next, so nobody is met in memory.
  one.verified = is_right && stats.recoveries == options.aggregates * options.passes &&
                 stats.passivations == stats.recoveries - stats.live_aggregates &&
                 stats.peak_live_aggregates <= options.room;
  one.notes = "for each that comes another one leaves, to make room";
  return one;
}

auto run_lifecycle(const lifecycle_options& options) -> result<std::vector<measurement>> {
  auto work = work_folder::make(options.data);
  if (!work)
    return fail(work.error());
  const auto folder = fresh_folder(work->at("lifecycle"));
  if (auto made = make_order_streams(folder, options.aggregates, 1); !made)
    return fail(made.error());
  auto coming = measure_coming(options, folder);
  if (!coming)
    return fail(coming.error());
  auto turnover = measure_turnover(options, folder);
  if (!turnover)
    return fail(turnover.error());
  return std::vector{std::move(*coming), std::move(*turnover)};
}

} // namespace

auto prepare_lifecycle(CLI::App& command) -> workload_run {
  auto options = std::make_shared<lifecycle_options>();
  add_number_option(command, "--aggregates", options->aggregates, std::uint64_t{1'000},
                    std::uint64_t{10'000'000}, "How many aggregates");
  add_number_option(command, "--passes", options->passes, std::size_t{1}, std::size_t{1'000},
                    "How often all of them come");
  add_number_option(command, "--in-flight", options->in_flight, std::size_t{1}, std::size_t{10'000},
                    "Commands that are under way at one time");
  add_number_option(command, "--room", options->room, std::size_t{1}, std::size_t{1'000'000},
                    "How many may be in memory where one leaves for each that comes; less than come");
  add_number_option(command, "--idle-seconds", options->idle_seconds, 1.0, 3'600.0,
                    "After how long an aggregate leaves that nobody asks for");
  add_data_option(command, options->data);
  add_result_only_option(command, options->is_speed_judged);
  return [options] { return run_lifecycle(*options); };
}

} // namespace tusker::bench
