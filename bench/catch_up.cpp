#include <tusker/bench/catch_up.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/bench/order_book.hpp>
#include <tusker/bench/order_history.hpp>
#include <tusker/bench/raw_history.hpp>
#include <tusker/bench/spread.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/model/variant_codec.hpp>

#include <functional>
#include <future>
#include <memory>
#include <utility>
#include <variant>

namespace tusker::bench {

namespace {

/// Reads an event by its schema into the book.
auto take(const recorded_event& event, order_book& book) -> result<void> {
  auto content =
      alternatives<bought_order::event>::decode(event.data.content, model_errc::unknown_event_type);
  if (!content)
    return fail(content.error());
  std::visit([&book](auto& happened) { book.take(std::move(happened)); }, *content);
  return {};
}

auto read_slices(const journal_reader& from) -> result<history_reading> {
  order_book book;
  std::uint64_t events = 0;
  log_offset after{};
  for (;;) {
    auto slice = from.read_log(log_id(0), after, {}, {});
    if (!slice)
      return fail(slice.error());
    for (const auto& event : slice->events)
      if (auto taken = take(event, book); !taken)
        return fail(taken.error());
    events += slice->events.size();
    after = slice->scanned_to;
    if (after == slice->head)
      return history_reading{events, book.totals()};
  }
}

auto read_subscribed(runtime& node, log_offset last) -> result<history_reading> {
  order_book book;
  std::uint64_t events = 0;
  std::promise<result<void>> ended;
  auto reading = node.subscribe({}, [&](const recorded_event& event) {
    auto taken = take(event, book);
    ++events;
    if (!taken || event.at.offset == last)
      ended.set_value(taken);
    return taken;
  });
  if (!reading)
    return fail(reading.error());
  if (auto end = ended.get_future().get(); !end)
    return fail(end.error());
  reading->stop();
  return history_reading{events, book.totals()};
}

/// A way to read, and what its readings took.
struct contender {
  std::string system;
  std::string notes;
  std::function<result<history_reading>()> read;
  bool is_right = true;
  std::vector<double> seconds = {};
  std::vector<double> ratios = {};
};

auto measure(contender& one, const history_reading& wanted) -> result<double> {
  stopwatch watch;
  auto read = one.read();
  auto seconds = watch.seconds();
  if (!read)
    return fail(read.error());
  one.is_right = one.is_right && *read == wanted;
  return seconds;
}

/// The limit, then each of the others; a ratio is of two that ran one shortly after the other.
auto measure_round(std::vector<contender>& all, const history_reading& wanted) -> result<void> {
  double limit = 0;
  for (auto& one : all) {
    auto seconds = measure(one, wanted);
    if (!seconds)
      return fail(seconds.error());
    if (limit == 0)
      limit = *seconds;
    one.seconds.push_back(*seconds);
    one.ratios.push_back(limit / *seconds);
  }
  return {};
}

auto to_measurement(const contender& one, std::uint64_t events) -> measurement {
  auto seconds = spread_of(one.seconds);
  auto ratio = spread_of(one.ratios);
  measurement line;
  line.system = one.system;
  line.workload = "w5";
  line.n = events;
  line.seconds = seconds.median;
  if (one.system == "tusker")
    line.figures = {{"ratio", ratio.median}, {"ratio_least", ratio.least}, {"ratio_most", ratio.most}};
  else
    line.figures = {{"seconds_least", seconds.least}, {"seconds_most", seconds.most}};
  line.durable = "none";
  line.verified = one.is_right;
  line.notes = one.notes;
  return line;
}

} // namespace

auto run_catch_up(const workload_options& options) -> result<std::vector<measurement>> {
  auto folder = work_folder::make(options.data);
  if (!folder)
    return fail(folder.error());
  auto orders = options.events / events_per_order;
  auto events = orders * events_per_order;
  runtime_options node_options;
  node_options.journal.directory = folder->at("order-history");
  if (auto made = make_order_history(node_options.journal.directory, orders); !made)
    return fail(made.error());
  auto node = runtime::open(node_options);
  if (!node)
    return fail(node.error());
  if (auto started = node->add<bought_order>().start(); !started)
    return fail(started.error());
  auto history = raw_history::open(node_options.journal.directory);
  if (!history)
    return fail(history.error());

  std::vector<contender> all{
      {"raw LMDB",
       "the limit: each checksum is verified, fields are found by their positions, no JSON is read",
       [&] { return read_into_book(*history); }},
      {"tusker", "a subscription: events are read by their schemas on its thread while others are fetched",
       [&] { return read_subscribed(*node, log_offset(events)); }},
      {"tusker", "journal_reader::read_log and the schemas, on one thread",
       [&] { return read_slices(node->journal()); }}};
  const auto wanted = history_reading{events, totals_of_history(orders)};
  // The first round only brings the file into memory.
  for (unsigned round = 0; round <= options.rounds; ++round) {
    if (auto measured = measure_round(all, wanted); !measured)
      return fail(measured.error());
    if (round > 0)
      continue;
    for (auto& one : all) {
      one.seconds.clear();
      one.ratios.clear();
    }
  }
  std::vector<measurement> measured;
  measured.reserve(all.size());
  for (const auto& one : all)
    measured.push_back(to_measurement(one, events));
  return measured;
}

} // namespace tusker::bench
