#include <tusker/bench/projected_catch_up.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/bench/book_projection.hpp>
#include <tusker/bench/order_history.hpp>
#include <tusker/bench/raw_book.hpp>
#include <tusker/bench/spread.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/persistence/lmdb_read_store.hpp>

#include <array>
#include <future>
#include <string>
#include <thread>
#include <utility>

namespace tusker::bench {

namespace {

constexpr std::array<std::uint64_t, 2> events_per_commit{1'000, 10'000};

/// Where everything lies.
struct site {
  std::filesystem::path journal;
  std::filesystem::path store;
  std::filesystem::path raw_store;
  std::uint64_t orders = 0;

  [[nodiscard]] auto events() const -> std::uint64_t { return orders * events_per_order; }
};

/// What was measured with one number of events a commit.
struct series {
  std::uint64_t per_commit = 0;
  bool is_raw_right = true;
  bool is_right = true;
  std::vector<double> raw_seconds = {};
  std::vector<double> seconds = {};
  std::vector<double> ratios = {};
  std::vector<double> scan_ratios = {};

  void add(double scan, double raw, double ours) {
    raw_seconds.push_back(raw);
    seconds.push_back(ours);
    ratios.push_back(raw / ours);
    scan_ratios.push_back(scan / ours);
  }
  void forget() {
    raw_seconds.clear();
    seconds.clear();
    ratios.clear();
    scan_ratios.clear();
  }
};

/// Waits for the commit behind the last event. The handler has had it, so that will not be long.
auto wait_for_end(const runtime& node, std::uint64_t events) -> result<void> {
  for (;;) {
    auto status = node.projection_status_of(book_projection::name);
    if (!status)
      return fail(status.error());
    if (status->position == log_offset(events))
      return {};
    if (status->phase == projection_phase::failed)
      return fail(status->failure.value_or(error(cli::cli_errc::unexpected, "the projection has failed")));
    std::this_thread::yield();
  }
}

/// Starts a node whose projection begins at the first event, and waits until it is at the last. Returns the seconds.
auto project_once(const site& at, std::uint64_t per_commit) -> result<double> {
  if (auto gone = discard_read_store(at.store); !gone)
    return fail(gone.error());
  runtime_options options;
  options.journal.directory = at.journal;
  options.read_store.directory = at.store;
  auto node = runtime::open(options);
  if (!node)
    return fail(node.error());
  std::promise<void> ended;
  book_projection::on_end = [&ended,
                             last = "o-" + bought_order_key(at.orders - 1)](const std::string& order) {
    if (order == last)
      ended.set_value();
  };
  projection_options how;
  how.commit_events_max = per_commit;
  stopwatch watch;
  if (auto started = node->add<bought_order>().add_projection<book_projection>(how).start(); !started)
    return fail(started.error());
  ended.get_future().wait();
  auto done = wait_for_end(*node, at.events());
  auto seconds = watch.seconds();
  auto shut = node->shutdown();
  book_projection::on_end = nullptr;
  if (!done || !shut)
    return fail(!done ? done.error() : shut.error());
  return seconds;
}

auto totals_of_store(const std::filesystem::path& folder) -> result<book_totals> {
  read_store_options options;
  options.directory = folder;
  options.mode = open_mode::read_only;
  auto store = open_lmdb_read_store(options);
  auto view = store ? (*store)->view(book_projection::name) : fail(store.error());
  if (!view)
    return fail(view.error());
  book_totals totals;
  scan_request request{std::string(book_projection::rows.name)};
  do {
    auto slice = (*view)->scan(request);
    if (!slice)
      return fail(slice.error());
    for (const auto& [key, value, index_key] : slice->rows) {
      auto row = decode<book_row>(value);
      if (!row)
        return fail(row.error());
      totals.add(row->total, row->status);
    }
    request.after = std::move(slice->next);
  } while (!request.after.empty());
  return totals;
}

auto scan_seconds(const raw_history& history) -> result<double> {
  stopwatch watch;
  auto read = read_into_book(history);
  return read.map([&](const auto&) { return watch.seconds(); });
}

auto measure(const site& at, const raw_history& history, series& one) -> result<void> {
  auto scan = scan_seconds(history);
  stopwatch watch;
  auto raw = scan ? project_raw(history, at.raw_store, one.per_commit) : fail(scan.error());
  auto raw_seconds = watch.seconds();
  auto seconds = raw ? project_once(at, one.per_commit) : fail(raw.error());
  if (!seconds)
    return fail(seconds.error());
  one.add(*scan, raw_seconds, *seconds);
  auto raw_totals = totals_of_raw_book(at.raw_store);
  auto totals = raw_totals ? totals_of_store(at.store) : raw_totals;
  if (!totals)
    return fail(totals.error());
  const auto wanted = totals_of_history(at.orders);
  one.is_raw_right = one.is_raw_right && *raw == at.events() && *raw_totals == wanted;
  one.is_right = one.is_right && *totals == wanted;
  return {};
}

auto per_commit_text(const series& one) -> std::string {
  return std::to_string(one.per_commit) + " events a commit";
}

auto of_limit(const series& one, std::uint64_t events) -> measurement {
  auto seconds = spread_of(one.raw_seconds);
  measurement line;
  line.system = "raw LMDB";
  line.workload = "w5p";
  line.n = events;
  line.seconds = seconds.median;
  line.figures = {{"seconds_least", seconds.least}, {"seconds_most", seconds.most}};
  line.durable = "process crash; power loss may take the last commit";
  line.verified = one.is_raw_right;
  line.notes = "the limit, no JSON is read, " + per_commit_text(one);
  return line;
}

auto of_projection(const series& one, std::uint64_t events) -> measurement {
  auto ratio = spread_of(one.ratios);
  auto line = of_limit(one, events);
  line.system = "tusker";
  line.seconds = spread_of(one.seconds).median;
  line.figures = {{"ratio", ratio.median},
                  {"ratio_least", ratio.least},
                  {"ratio_most", ratio.most},
                  {"ratio_to_scan", spread_of(one.scan_ratios).median}};
  line.verified = one.is_right;
  line.notes = "a projection, from the start of its node on, " + per_commit_text(one);
  return line;
}

} // namespace

auto run_projected_catch_up(const workload_options& options) -> result<std::vector<measurement>> {
  auto folder = work_folder::make(options.data);
  if (!folder)
    return fail(folder.error());
  const site at{folder->at("order-history"), folder->at("book"), folder->at("raw-book"),
                options.events / events_per_order};
  if (auto made = make_order_history(at.journal, at.orders); !made)
    return fail(made.error());
  auto history = raw_history::open(at.journal);
  if (!history)
    return fail(history.error());
  std::vector<series> all;
  all.reserve(std::size(events_per_commit));
  for (auto per_commit : events_per_commit)
    all.push_back({per_commit});
  // The first round only brings the file into memory.
  for (unsigned round = 0; round <= options.rounds; ++round) {
    for (auto& one : all) {
      if (auto measured = measure(at, *history, one); !measured)
        return fail(measured.error());
      if (round == 0)
        one.forget();
    }
  }
  std::vector<measurement> measured;
  for (const auto& one : all) {
    measured.push_back(of_limit(one, at.events()));
    measured.push_back(of_projection(one, at.events()));
  }
  return measured;
}

} // namespace tusker::bench
