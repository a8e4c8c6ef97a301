#include <tusker/bench/random_writers.hpp>

#include <tusker/bench/append_options.hpp>
#include <tusker/bench/bytes_meter.hpp>
#include <tusker/bench/closed_clients.hpp>
#include <tusker/bench/common_options.hpp>
#include <tusker/bench/contest.hpp>
#include <tusker/bench/mixed_bits.hpp>
#include <tusker/bench/order_commands.hpp>
#include <tusker/bench/order_node.hpp>
#include <tusker/bench/order_streams.hpp>
#include <tusker/bench/pace.hpp>
#include <tusker/bench/raw_appends.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/cli/own_memory.hpp>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

struct writer_options {
  append_options clients;
  std::uint64_t streams = 100'000;
  bool is_speed_judged = true;
};

constexpr double limit_seconds_max = 10;
constexpr double p99_growth_max = 3;
constexpr double memory_growth_max = 1.1;
constexpr double memory_judged_from_seconds = 60;
/// Three quarters of a commit log of the default size: past it writers are held up by all that comes in.
constexpr double unapplied_mb_max = 48;

auto figures_of(const pace& seen, const bytes_meter& meter, std::uint64_t events) -> std::vector<figure> {
  return {{"least_second", static_cast<double>(seen.least_second())},
          {"p99_first_us", microseconds(seen.first().percentile(99))},
          {"p99_last_us", microseconds(seen.last().percentile(99))},
          {"rss_anon_first_mb", seen.memory_seen().first_mb},
          {"rss_anon_half_mb", seen.memory_seen().half_mb},
          {"rss_anon_last_mb", seen.memory_seen().last_mb},
          {"unapplied_most_mb", seen.unapplied_most_mb()},
          meter.bytes_an_event(events)};
}

auto unapplied_mb(const runtime& node) -> double {
  constexpr double mb = 1024.0 * 1024;
  auto storage = node.journal().storage();
  return storage ? static_cast<double>(storage->unapplied_bytes) / mb : 0;
}

auto add_at_random(const writer_options& options, const std::filesystem::path& folder) -> result<trial> {
  if (auto made = make_order_streams(folder, options.streams, 1); !made)
    return fail(made.error());
  auto node = start_order_node(options.clients, folder);
  if (!node)
    return fail(node.error());
  bytes_meter meter(folder);
  timed_window window(options.clients.seconds);
  pace seen(window, {cli::own_memory_mb, [&node] { return unapplied_mb(*node); }});
  item_counts added(options.streams);
  struct operation {
    std::uint64_t stream = 0;
    timed_window::time_point begun;
  };
  std::vector<operation> current(options.clients.clients);
  std::atomic<std::uint64_t> next = 0;
  closed_clients clients(options.clients.clients, window);
  auto records = clients.run(
      [&](unsigned client) {
        auto number = next++;
        current[client] = {mixed_bits(number) % options.streams, timed_window::clock::now()};
        return node->dispatch<stored_order>(order_key(current[client].stream), addition_of(number % 10'000));
      },
      [&](unsigned client, const result<receipt>& answer, timed_window::time_point at) {
        if (answer) {
          ++added[current[client].stream];
          seen.record(current[client].begun, at);
        }
        return closed_clients::receipt_is_done(client, answer, at);
      });
  auto done = sum_up(records, window);
  if (auto ended = node->shutdown(); !ended)
    return fail(ended.error());
  if (!done)
    return done;
  done->figures = figures_of(seen, meter, done->done);
  auto stored = stored_events(options.clients, folder);
  auto right = stored ? are_additions_stored(options.clients, folder, added) : fail(stored.error());
  if (!right)
    return fail(right.error());
  done->is_right = *right && *stored == options.streams + done->done;
  return done;
}

auto claims_of(const measurement& line, double seconds) -> std::vector<claim> {
  auto ratio = [&](const char* of, const char* to) {
    return line.figure_of(of) / std::max(line.figure_of(to), 1.0);
  };
  std::vector<claim> claims{
      {"least_second", line.figure_of("least_second"), bound::at_least, 1},
      {"p99_last_to_first", ratio("p99_last_us", "p99_first_us"), bound::at_most, p99_growth_max},
      {"unapplied_most_mb", line.figure_of("unapplied_most_mb"), bound::at_most, unapplied_mb_max}};
  if (seconds >= memory_judged_from_seconds) {
    claims.push_back({"rss_anon_last_to_half", ratio("rss_anon_last_mb", "rss_anon_half_mb"), bound::at_most,
                      memory_growth_max});
  }
  return claims;
}

auto run_random_writers(const writer_options& options) -> result<std::vector<measurement>> {
  auto work = work_folder::make(options.clients.data);
  if (!work)
    return fail(work.error());
  const auto folder = work->at("w2r");
  auto limit = options.clients;
  limit.seconds = std::min(limit.seconds, limit_seconds_max);
  std::vector<contender> all{
      {"raw LMDB", "the limit: one thread, an event of each client a commit, versions known", "ratio",
       [&] { return append_rows_at_random(raw_options(limit, folder), options.streams); }},
      {"tusker", "closed loops by `then`, each time another order of those that are there", "",
       [&] { return add_at_random(options, fresh_folder(folder)); }}};
  if (auto held = hold_contest(all, options.clients.rounds); !held)
    return fail(held.error());
  measurement first;
  first.workload = "w2r";
  first.durable = name_of(options.clients.durable);
  auto lines = lines_of(all, first);
  if (options.is_speed_judged)
    lines.back().claims = claims_of(lines.back(), options.clients.seconds);
  return lines;
}

} // namespace

auto prepare_random_writers(CLI::App& command) -> workload_run {
  auto options = std::make_shared<writer_options>();
  options->clients.clients = 64;
  options->clients.seconds = 10;
  options->clients.rounds = 3;
  add_append_options(command, options->clients);
  add_node_options(command, options->clients);
  add_number_option(command, "--streams", options->streams, std::uint64_t{1}, std::uint64_t{10'000'000},
                    "How many orders there are");
  add_result_only_option(command, options->is_speed_judged);
  return [options] { return run_random_writers(*options); };
}

} // namespace tusker::bench
