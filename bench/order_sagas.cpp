#include <tusker/bench/order_sagas.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/bench/fulfilled_order.hpp>
#include <tusker/bench/order_history.hpp>
#include <tusker/bench/raw_sagas.hpp>
#include <tusker/bench/spread.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/load/closed_loops.hpp>
#include <tusker/load/latency_histogram.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

constexpr unsigned in_flight = 64;
/// As in w2: nobody comes back to an order that has ended.
constexpr std::size_t live_max = 4'096;
constexpr std::chrono::milliseconds patience = std::chrono::minutes(10);

struct saga_run {
  double seconds = 0;
  load::latency_histogram latencies;
  bool is_right = false;
};

auto wish_of(std::uint64_t number) -> place_order {
  auto created = std::get<order_created>(history_of_order(number).front());
  return {created.order_id, created.customer_id, created.items, created.total};
}

template <class Saga>
auto place(runtime& node, std::uint64_t number) -> pending<receipt> {
  auto answer = std::make_shared<pending_state<receipt>>();
  auto wish = wish_of(number);
  auto on_placed = [answer, &node, key = wish.order_id](const result<receipt>& placed) {
    if (!placed) {
      (void)answer->complete(placed);
      return;
    }
    node.await_saga<Saga>(key, patience).then([answer, placed](const result<saga_look>& end) {
      (void)answer->complete(end ? placed : fail(end.error()));
    });
  };
  node.dispatch<sold_order>(wish.order_id, wish).then(on_placed);
  return pending<receipt>(answer);
}

/// How many events there are of those three categories, and how the order's stream ends.
auto is_right(const runtime& node, std::uint64_t orders, bool payments_fail) -> bool {
  std::uint64_t events = 0;
  log_filter filter;
  filter.categories = {"order", "inventory", "payment"};
  for (log_offset at = before_all_events;;) {
    auto slice = node.journal().read_log(log_id(0), at, {}, filter);
    if (!slice)
      return false;
    events += slice->events.size();
    at = slice->scanned_to;
    if (at >= slice->head)
      break;
  }
  auto failing = payments_fail ? orders / 10 : 0;
  if (events != orders * 4 + failing)
    return false;
  for (std::uint64_t number = 0; number < orders; ++number) {
    auto stream = stream_id::make("order", wish_of(number).order_id);
    auto head = node.journal().stream_head(*stream);
    auto last =
        head ? node.journal().read_stream(*stream, *head, {1}, read_direction::backward) : fail(head.error());
    auto must_be =
        payments_fail && number % 10 == 9 ? order_cancelled::schema.name : order_confirmed::schema.name;
    if (!last || last->events.empty() || last->events.front().data.content.type != must_be)
      return false;
  }
  return true;
}

template <class Saga>
auto run_once(const std::filesystem::path& folder, std::uint64_t orders, bool payments_fail,
              commit_way commits) -> result<saga_run> {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  runtime_options options;
  options.journal.directory = folder;
  options.journal.commits = commits;
  options.live_aggregates_max = live_max;
  auto node = runtime::open(options);
  if (!node)
    return fail(node.error());
  node->add<sold_order>().add<set_aside>().add<taken_payment>().template add_saga<Saga>();
  if (auto started = node->start(); !started)
    return fail(started.error());
  saga_run run;
  std::optional<error> failure;
  std::uint64_t next = 0;
  stopwatch watch;
  load::closed_loops loops(in_flight);
  loops.run(
      [&]() -> std::optional<load::loop_task> {
        if (next == orders || failure)
          return std::nullopt;
        auto number = next++;
        return load::loop_task{number, [&node, number] { return place<Saga>(*node, number); }};
      },
      [&](const load::loop_answer& answer) {
        run.latencies.record(answer.latency);
        if (!answer.outcome)
          failure = answer.outcome.error();
      });
  run.seconds = watch.seconds();
  if (failure)
    return fail(*failure);
  run.is_right = is_right(*node, orders, payments_fail);
  if (auto ended = node->shutdown(); !ended)
    return fail(ended.error());
  return run;
}

auto microseconds(std::chrono::nanoseconds time) -> double {
  return std::chrono::duration<double, std::micro>(time).count();
}

/// A raw program that orders are compared with.
struct saga_limit {
  std::string ratio; ///< The name of the ratio to it.
  std::string notes;
  result<double> (*run)(const raw_orders& wanted);
  std::vector<double> seconds = {};
};

auto limits() -> std::vector<saga_limit> {
  return {{"ratio", "the limit: the rows that a journal has of it, a round of 64 orders a transaction",
           put_saga_rows},
          {"ratio_lean",
           "events and states alone: no receipts, no history of the saga, no outbox; a round of 64 orders a "
           "transaction",
           put_saga_states}};
}

/// A node that takes part, with what its rounds came to.
struct saga_node {
  commit_way commits;
  measurement line;
  std::vector<double> seconds = {};
  load::latency_histogram latencies = {};

  void note(const saga_run& run) {
    seconds.push_back(run.seconds);
    latencies.add(run.latencies);
    line.verified = line.verified && run.is_right;
  }

  auto finished(const std::vector<saga_limit>& all) -> measurement {
    line.seconds = spread_of(seconds).median;
    for (const auto& limit : all) {
      std::vector<double> ratios;
      ratios.reserve(seconds.size());
      for (std::size_t round = 0; round < seconds.size(); ++round)
        ratios.push_back(limit.seconds.at(round) / seconds[round]);
      auto ratio = spread_of(ratios);
      line.figures.push_back({limit.ratio, ratio.median});
      line.figures.push_back({limit.ratio + "_least", ratio.least});
      line.figures.push_back({limit.ratio + "_most", ratio.most});
    }
    line.figures.push_back({"p50_us", microseconds(latencies.percentile(50))});
    line.figures.push_back({"p99_us", microseconds(latencies.percentile(99))});
    return line;
  }
};

auto nodes_of(const measurement& first) -> std::vector<saga_node> {
  std::vector<saga_node> nodes;
  for (const auto& [commits, name] : enum_names<commit_way>) {
    auto line = first;
    line.system = "tusker, " + std::string(name);
    line.notes = "orders a second, from placed to confirmed, 64 at a time";
    nodes.push_back({commits, line});
  }
  return nodes;
}

auto lines_of(const measurement& first, const std::vector<saga_limit>& raw, std::vector<saga_node>& nodes)
    -> std::vector<measurement> {
  std::vector<measurement> lines;
  lines.reserve(raw.size() + nodes.size());
  for (const auto& limit : raw) {
    auto line = first;
    line.system = "raw LMDB";
    line.notes = limit.notes;
    line.seconds = spread_of(limit.seconds).median;
    lines.push_back(std::move(line));
  }
  for (auto& node : nodes)
    lines.push_back(node.finished(raw));
  return lines;
}

template <class Saga>
auto measure(const workload_options& options, const std::string& name, bool payments_fail)
    -> result<std::vector<measurement>> {
  auto folder = work_folder::make(options.data);
  if (!folder)
    return fail(folder.error());
  measurement first;
  first.workload = name;
  first.n = options.events;
  first.durable = "power loss";
  first.verified = true;
  auto raw = limits();
  auto nodes = nodes_of(first);
  for (unsigned round = 0; round < options.rounds; ++round) {
    for (auto& limit : raw) {
      auto seconds = limit.run({folder->at("raw-sagas"), options.events, in_flight, payments_fail});
      if (!seconds)
        return fail(seconds.error());
      limit.seconds.push_back(*seconds);
    }
    for (auto& node : nodes) {
      auto run = run_once<Saga>(folder->at("sagas"), options.events, payments_fail, node.commits);
      if (!run)
        return fail(run.error());
      node.note(*run);
    }
  }
  return lines_of(first, raw, nodes);
}

} // namespace

auto run_order_sagas(const workload_options& options) -> result<std::vector<measurement>> {
  return measure<selling<false>>(options, "w6", false);
}

auto run_failing_order_sagas(const workload_options& options) -> result<std::vector<measurement>> {
  return measure<selling<true>>(options, "w6f", true);
}

} // namespace tusker::bench
