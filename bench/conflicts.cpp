#include <tusker/bench/conflicts.hpp>

#include <tusker/bench/append_options.hpp>
#include <tusker/bench/closed_clients.hpp>
#include <tusker/bench/contest.hpp>
#include <tusker/bench/order_commands.hpp>
#include <tusker/bench/order_node.hpp>
#include <tusker/bench/raw_appends.hpp>
#include <tusker/bench/spread.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

using verdict = closed_clients::verdict;

/// What a client knows of the stream behind this answer.
auto version_in(const result<receipt>& answer, stream_version known) -> stream_version {
  if (answer)
    return answer->version;
  const auto* conflict = answer.error().detail<version_conflict>();
  return conflict != nullptr ? conflict->actual : known;
}

auto is_conflict(const result<receipt>& answer) -> bool {
  return !answer && answer.error().code() == journal_errc::version_conflict;
}

auto append_in_conflict(const append_options& options, const std::filesystem::path& folder) -> result<trial> {
  auto node = start_order_node(options, folder);
  if (!node)
    return fail(node.error());
  const auto key = order_key(0);
  std::vector<stream_version> seen(options.clients, empty_stream);
  std::atomic<std::uint64_t> refusals = 0;
  timed_window window(options.seconds);
  closed_clients clients(options.clients, window);
  auto records = clients.run(
      [&](unsigned client) {
        return node->dispatch<stored_order>(key, addition_of(seen[client].value()),
                                            {.expected = seen[client]});
      },
      [&](unsigned client, const result<receipt>& answer, timed_window::time_point) {
        seen[client] = version_in(answer, seen[client]);
        if (answer)
          return verdict::done;
        ++refusals;
        return is_conflict(answer) ? verdict::again : verdict::failed;
      });
  auto done = sum_up(records, window);
  auto loaded = node->load<stored_order>(key);
  if (auto ended = node->shutdown(); !ended)
    return fail(ended.error());
  auto stored = stored_events(options, folder);
  if (!done || !loaded || !stored)
    return fail(!done ? done.error() : (!loaded ? loaded.error() : stored.error()));
  done->figures = {{"refusals_a_success", static_cast<double>(refusals) /
                                              static_cast<double>(std::max<std::uint64_t>(done->done, 1))}};
  done->is_right = *stored == done->done && loaded->version.value() == done->done;
  return done;
}

/// How long the slowest of a hundred successes took, to how long one takes without conflicts.
auto slowest_to_usual(const contender& in_conflict, const contender& alone) -> double {
  std::vector<double> ratios;
  ratios.reserve(alone.trials.size());
  for (std::size_t round = 0; round < alone.trials.size(); ++round) {
    auto usual = microseconds(alone.trials[round].latencies.percentile(50));
    ratios.push_back(microseconds(in_conflict.trials[round].latencies.percentile(99)) / std::max(usual, 1.0));
  }
  return spread_of(std::move(ratios)).median;
}

auto run_conflicts(const append_options& options) -> result<std::vector<measurement>> {
  auto work = work_folder::make(options.data);
  if (!work)
    return fail(work.error());
  const auto folder = work->at("w3");
  auto one_client = options;
  one_client.clients = 1;
  std::vector<contender> all{
      {"raw LMDB", "the limit: a thread a client, each success a commit", "ratio",
       [&] { return append_rows_in_conflict(raw_options(options, folder)); }},
      {"tusker", "one client without conflicts, w1", "ratio_one_client",
       [&] { return create_orders(one_client, fresh_folder(folder), watched::no); }},
      {"tusker", "an operation is a success; who is refused takes the version that the refusal names", "",
       [&] { return append_in_conflict(options, fresh_folder(folder)); }}};
  if (auto held = hold_contest(all, options.rounds); !held)
    return fail(held.error());
  measurement first;
  first.workload = "w3";
  first.durable = name_of(options.durable);
  auto lines = lines_of(all, first);
  lines.back().figures.push_back({"p99_to_p50_of_one_client", slowest_to_usual(all[2], all[1])});
  return lines;
}

} // namespace

auto prepare_conflicts(CLI::App& command) -> workload_run {
  auto options = std::make_shared<append_options>();
  options->clients = 8;
  add_append_options(command, *options);
  add_node_options(command, *options);
  return [options] { return run_conflicts(*options); };
}

} // namespace tusker::bench
