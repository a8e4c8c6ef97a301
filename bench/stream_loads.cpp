#include <tusker/bench/stream_loads.hpp>

#include <tusker/bench/append_options.hpp>
#include <tusker/bench/client_threads.hpp>
#include <tusker/bench/contest.hpp>
#include <tusker/bench/mixed_bits.hpp>
#include <tusker/bench/order_commands.hpp>
#include <tusker/bench/order_node.hpp>
#include <tusker/bench/order_streams.hpp>
#include <tusker/bench/raw_stream_fold.hpp>
#include <tusker/bench/work_folder.hpp>

#include <functional>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

struct load_options {
  append_options clients;
  std::uint64_t streams = 1'000;
  std::uint64_t events = 100; ///< Of each stream.
};

auto load_one(const runtime& node, std::uint64_t number) -> result<order_fold> {
  return node.load<stored_order>(order_key(number)).map([](const loaded<stored_order>& order) {
    return order_fold{order.version.value(), order.state.qty, order.state.total};
  });
}

/// Loads orders at random for a time, each of which must be as it was stored.
auto load_at_random(const load_options& options, const std::vector<order_fold>& stored,
                    const std::function<result<order_fold>(std::uint64_t)>& load) -> result<trial> {
  timed_window window(options.clients.seconds);
  std::vector<std::uint64_t> wrong(options.clients.clients);
  std::vector<std::uint64_t> turns(options.clients.clients);
  auto records = run_client_threads(options.clients.clients, window, [&](unsigned client) -> result<void> {
    auto number = mixed_bits(turns[client]++ * options.clients.clients + client) % options.streams;
    auto fold = load(number);
    if (!fold)
      return fail(fold.error());
    if (*fold != stored[number])
      ++wrong[client];
    return {};
  });
  auto done = sum_up(records, window);
  if (done)
    done->is_right = wrong == std::vector<std::uint64_t>(options.clients.clients);
  return done;
}

auto run_stream_loads(const load_options& options) -> result<std::vector<measurement>> {
  auto work = work_folder::make(options.clients.data);
  if (!work)
    return fail(work.error());
  const auto folder = fresh_folder(work->at("w4"));
  if (auto made = make_order_streams(folder, options.streams, options.events); !made)
    return fail(made.error());
  auto node = start_order_node(options.clients, folder);
  if (!node)
    return fail(node.error());
  auto raw = raw_streams::open(folder);
  if (!raw)
    return fail(raw.error());
  std::vector<order_fold> stored;
  stored.reserve(options.streams);
  for (std::uint64_t number = 0; number < options.streams; ++number)
    stored.push_back(fold_of_order(number, options.events));
  std::vector<contender> all{
      {"raw LMDB", "the limit: two cursors, numbers found behind colons, no parser and no checksums", "ratio",
       [&] {
         return load_at_random(options, stored, [&](std::uint64_t number) { return raw->fold(number); });
       }},
      {"tusker", "runtime::load of orders whose state has no snapshots", "", [&] {
         return load_at_random(options, stored,
                               [&](std::uint64_t number) { return load_one(*node, number); });
       }}};
  if (auto held = hold_contest(all, options.clients.rounds); !held)
    return fail(held.error());
  measurement first;
  first.workload = "w4";
  first.durable = "none";
  return lines_of(all, first);
}

} // namespace

auto prepare_stream_loads(CLI::App& command) -> workload_run {
  auto options = std::make_shared<load_options>();
  add_append_options(command, options->clients);
  add_node_options(command, options->clients);
  command.add_option("--streams", options->streams, "How many orders there are")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(std::uint64_t{1}, std::numeric_limits<std::uint64_t>::max()));
  return [options] { return run_stream_loads(*options); };
}

} // namespace tusker::bench
