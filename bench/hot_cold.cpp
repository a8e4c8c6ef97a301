#include <tusker/bench/hot_cold.hpp>

#include <tusker/bench/append_options.hpp>
#include <tusker/bench/closed_clients.hpp>
#include <tusker/bench/common_options.hpp>
#include <tusker/bench/contest.hpp>
#include <tusker/bench/mixed_bits.hpp>
#include <tusker/bench/order_commands.hpp>
#include <tusker/bench/order_node.hpp>
#include <tusker/bench/order_streams.hpp>
#include <tusker/bench/work_folder.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

struct hot_cold_options {
  append_options clients; ///< The hot ones.
  unsigned cold_clients = 48;
  std::uint64_t streams = 100'000; ///< Cold ones.
};

/// What the cold clients got, beside what the hot ones got.
auto split(const std::vector<client_record>& records, unsigned hot, const timed_window& window)
    -> result<trial> {
  auto border = records.begin() + static_cast<std::ptrdiff_t>(hot);
  auto of_hot = sum_up({records.begin(), border}, window);
  auto of_cold = sum_up({border, records.end()}, window);
  if (!of_hot || !of_cold)
    return of_hot ? of_cold : of_hot;
  of_hot->done += of_cold->done;
  of_hot->figures = {{"cold_per_second", of_cold->per_second()},
                     {"cold_p99_us", microseconds(of_cold->latencies.percentile(99))}};
  return of_hot;
}

/// Order `n` is the one of client `n`, if that is a hot one; the cold ones stand behind those.
auto write(const hot_cold_options& options, unsigned cold_clients, const std::filesystem::path& folder)
    -> result<trial> {
  const auto hot = options.clients.clients;
  if (auto made = make_order_streams(folder, hot + options.streams, 1); !made)
    return fail(made.error());
  auto node = start_order_node(options.clients, folder);
  if (!node)
    return fail(node.error());
  timed_window window(options.clients.seconds);
  item_counts added(hot + options.streams);
  std::vector<std::uint64_t> current(hot + cold_clients);
  std::atomic<std::uint64_t> next = 0;
  closed_clients clients(hot + cold_clients, window);
  auto records = clients.run(
      [&](unsigned client) {
        auto number = next++;
        current[client] = client < hot ? client : hot + mixed_bits(number) % options.streams;
        return node->dispatch<stored_order>(order_key(current[client]), addition_of(number % 10'000));
      },
      [&](unsigned client, const result<receipt>& answer, timed_window::time_point at) {
        added[current[client]] += answer ? 1 : 0;
        return closed_clients::receipt_is_done(client, answer, at);
      });
  auto recoveries = static_cast<double>(node->stats().recoveries);
  if (auto ended = node->shutdown(); !ended)
    return fail(ended.error());
  auto done = split(records, hot, window);
  auto stored = done ? stored_events(options.clients, folder) : fail(done.error());
  auto right = stored ? are_additions_stored(options.clients, folder, added) : fail(stored.error());
  if (!right)
    return fail(right.error());
  done->figures.push_back({"loaded", recoveries});
  done->is_right = *right && *stored == added.size() + done->done;
  return done;
}

auto run_hot_cold(const hot_cold_options& options) -> result<std::vector<measurement>> {
  auto work = work_folder::make(options.clients.data);
  if (!work)
    return fail(work.error());
  const auto folder = work->at("hot-cold");
  std::vector<contender> all{
      {"tusker, the hot ones alone", "closed loops by `then`, an order each", "ratio",
       [&] { return write(options, 0, fresh_folder(folder)); }},
      {"tusker",
       "the same beside clients that write to cold orders at random; all but cold_… is of the hot ones", "",
       [&] { return write(options, options.cold_clients, fresh_folder(folder)); }}};
  if (auto held = hold_contest(all, options.clients.rounds); !held)
    return fail(held.error());
  measurement first;
  first.workload = "hot-cold";
  first.durable = name_of(options.clients.durable);
  auto lines = lines_of(all, first);
  lines.back().figures.push_back(
      {"p99_to_alone", lines.back().figure_of("p99_us") / std::max(lines.front().figure_of("p99_us"), 1.0)});
  return lines;
}

} // namespace

auto prepare_hot_cold(CLI::App& command) -> workload_run {
  auto options = std::make_shared<hot_cold_options>();
  options->clients.clients = 16;
  options->clients.rounds = 3;
  options->clients.live_max = 10'000;
  add_append_options(command, options->clients);
  add_node_options(command, options->clients);
  add_number_option(command, "--cold-clients", options->cold_clients, 1U, 10'000U,
                    "Closed loops that write to the cold orders");
  add_number_option(command, "--streams", options->streams, std::uint64_t{1}, std::uint64_t{10'000'000},
                    "How many cold orders there are");
  return [options] { return run_hot_cold(*options); };
}

} // namespace tusker::bench
