#include <tusker/bench/order_sagas.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/bench/append_options.hpp>
#include <tusker/bench/closed_clients.hpp>
#include <tusker/bench/contest.hpp>
#include <tusker/bench/fulfilled_order.hpp>
#include <tusker/bench/order_history.hpp>
#include <tusker/bench/raw_sagas.hpp>
#include <tusker/bench/work_folder.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

constexpr std::chrono::milliseconds patience = std::chrono::minutes(10);

template <payments Outcome>
using saga_of = selling<Outcome == payments::fail_in_tenths>;

auto wish_of(std::uint64_t number) -> place_order {
  auto created = creation_event(number);
  return {created.order_id, created.customer_id, created.items, created.total};
}

/// Ends when the saga of the order has.
template <payments Outcome>
auto place(runtime& node, std::uint64_t number) -> pending<receipt> {
  auto answer = std::make_shared<pending_state<receipt>>();
  auto wish = wish_of(number);
  auto on_placed = [answer, &node, key = wish.order_id](const result<receipt>& placed) {
    if (!placed) {
      (void)answer->complete(placed);
      return;
    }
    node.await_saga<saga_of<Outcome>>(key, patience).then([answer, placed](const result<saga_look>& end) {
      (void)answer->complete(end ? placed : fail(end.error()));
    });
  };
  node.dispatch<sold_order>(wish.order_id, wish).then(on_placed);
  return pending<receipt>(answer);
}

/// How many events there are of those three categories, and how the orders' streams end.
auto is_right(const runtime& node, std::uint64_t orders, payments outcome) -> bool {
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
  auto can_fail = outcome == payments::fail_in_tenths;
  if (events != orders * 4 + (can_fail ? orders / 10 : 0))
    return false;
  for (std::uint64_t number = 0; number < orders; ++number) {
    auto stream = stream_id::make("order", wish_of(number).order_id);
    auto head = node.journal().stream_head(*stream);
    auto last =
        head ? node.journal().read_stream(*stream, *head, {1}, read_direction::backward) : fail(head.error());
    auto must_be = can_fail && number % 10 == 9 ? order_cancelled::schema.name : order_confirmed::schema.name;
    if (!last || last->events.empty() || last->events.front().data.content.type != must_be)
      return false;
  }
  return true;
}

/// Each client places one order after the other, for the time that the options name.
template <payments Outcome>
auto fulfil_orders(const append_options& options, const std::filesystem::path& folder) -> result<trial> {
  auto node = runtime::open(node_options(options, fresh_folder(folder)));
  if (!node)
    return fail(node.error());
  node->add<sold_order>().add<set_aside>().add<taken_payment>().template add_saga<saga_of<Outcome>>();
  if (auto started = node->start(); !started)
    return fail(started.error());
  timed_window window(options.seconds);
  std::atomic<std::uint64_t> next = 0;
  closed_clients clients(options.clients, window);
  auto records =
      clients.run([&](unsigned) { return place<Outcome>(*node, next++); }, closed_clients::receipt_is_done);
  auto done = sum_up(records, window);
  if (done)
    done->is_right = is_right(*node, done->done, Outcome);
  if (auto ended = node->shutdown(); !ended)
    return fail(ended.error());
  return done;
}

template <payments Outcome>
auto node_that_fulfils(std::string system, append_options options, std::filesystem::path folder)
    -> contender {
  return {std::move(system), "orders, from placed to the end of their sagas", "",
          [options = std::move(options), folder = std::move(folder)] {
            return fulfil_orders<Outcome>(options, folder);
          }};
}

template <payments Outcome>
auto run_sagas(const std::string& workload, const append_options& options)
    -> result<std::vector<measurement>> {
  auto made = work_folder::make(options.data);
  if (!made)
    return fail(made.error());
  auto folder = made->at(workload);
  auto load = [&] { return raw_options(options, folder); };
  std::vector<contender> all;
  if (options.has_limits) {
    all.push_back({"raw LMDB",
                   "the limit: the rows that a journal has of it, a round of all orders a transaction",
                   "ratio", [&] { return put_saga_rows(load(), Outcome); }});
    all.push_back({"raw LMDB",
                   "events and states alone: no receipts, no history of the saga, no outbox; a round of all "
                   "orders a transaction",
                   "ratio_lean", [&] { return put_saga_states(load(), Outcome); }});
  }
  if (options.has_limits && options.commits != commit_way::direct) {
    auto direct = options;
    direct.commits = commit_way::direct;
    all.push_back(node_that_fulfils<Outcome>("tusker, direct", direct, folder));
  }
  all.push_back(node_that_fulfils<Outcome>("tusker", options, folder));
  if (auto held = hold_contest(all, options.rounds); !held)
    return fail(held.error());
  measurement first;
  first.workload = workload;
  first.durable = name_of(options.durable);
  return lines_of(all, first);
}

template <payments Outcome>
auto prepare(CLI::App& command, const char* workload) -> workload_run {
  auto options = std::make_shared<append_options>();
  options->clients = 64;
  options->seconds = 6;
  options->live_max = live_for_passing_orders;
  add_append_options(command, *options);
  add_node_options(command, *options);
  add_node_only_option(command, *options);
  return [options, workload] { return run_sagas<Outcome>(workload, *options); };
}

} // namespace

auto prepare_order_sagas(CLI::App& command) -> workload_run {
  return prepare<payments::succeed>(command, "w6");
}

auto prepare_failing_order_sagas(CLI::App& command) -> workload_run {
  return prepare<payments::fail_in_tenths>(command, "w6f");
}

} // namespace tusker::bench
