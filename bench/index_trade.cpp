#include <tusker/bench/index_trade.hpp>

#include <tusker/bench/indexed_log.hpp>
#include <tusker/bench/spread.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/bench/written_bytes.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace tusker::bench {

namespace {

constexpr std::uint64_t batch_events = 64;

/// What the rounds of one kind of log took.
struct appends {
  std::vector<double> seconds = {};
  std::uint64_t used_bytes = 0;
  std::uint64_t written_bytes = 0;
};

/// Fills a new log, times the appends alone, and leaves it open.
auto fill(const std::filesystem::path& folder, unsigned flags, log_indexes indexes, std::uint64_t events,
          appends& into) -> result<indexed_log> {
  auto log = indexed_log::make(folder, flags, indexes);
  if (!log)
    return log;
  double seconds = 0;
  auto written = written_bytes();
  for (std::uint64_t from = 0; from < events; from += batch_events) {
    std::vector<ready_event> batch;
    for (auto n = from; n < std::min(from + batch_events, events); ++n)
      batch.push_back(make_ready(n));
    stopwatch watch;
    if (auto done = log->append(from + 1, batch); !done)
      return fail(done.error());
    seconds += watch.seconds();
  }
  into.seconds.push_back(seconds);
  into.used_bytes = log->used_bytes();
  into.written_bytes = written_bytes() - written;
  return log;
}

/// Both kinds in turns; the ratio is of the two that ran one after the other.
auto measure_appends(const work_folder& folder, unsigned flags, const char* durable, std::uint64_t events,
                     unsigned rounds, std::optional<indexed_log>& indexed)
    -> result<std::vector<measurement>> {
  appends plain;
  appends with;
  std::vector<double> ratios;
  for (unsigned round = 0; round < rounds; ++round) {
    indexed.reset();
    if (auto log = fill(folder.at("plain"), flags, log_indexes::none, events, plain); !log)
      return fail(log.error());
    auto log = fill(folder.at("indexed"), flags, log_indexes::type_and_category, events, with);
    if (!log)
      return fail(log.error());
    indexed.emplace(std::move(*log));
    ratios.push_back(plain.seconds.back() / with.seconds.back());
  }
  const std::uint64_t whole_commits = (events + batch_events - 1) / batch_events;
  auto commits = static_cast<double>(whole_commits);
  auto line = [&](const appends& one, const char* notes) {
    measurement made;
    made.system = "raw LMDB";
    made.workload = "index-trade";
    made.n = events;
    made.seconds = spread_of(one.seconds).median;
    made.figures = {
        {"disk_bytes_per_event", static_cast<double>(one.used_bytes) / static_cast<double>(events)},
        {"written_bytes_per_commit", static_cast<double>(one.written_bytes) / commits},
        {"us_per_commit", made.seconds * 1e6 / commits}};
    made.durable = durable;
    made.verified = true; // What was stored is counted by the readings below.
    made.notes = notes;
    return made;
  };
  std::vector<measurement> lines{line(plain, "append, no index"),
                                 line(with, "append, indexes over type and category")};
  auto ratio = spread_of(ratios);
  lines[1].figures.insert(
      lines[1].figures.begin(),
      {{"ratio", ratio.median}, {"ratio_least", ratio.least}, {"ratio_most", ratio.most}});
  return lines;
}

/// One type through the index, in turns with the scan over all headers.
auto measure_reading(const indexed_log& log, std::uint32_t type, std::uint64_t right, unsigned rounds,
                     std::uint64_t events, const std::string& notes) -> result<measurement> {
  std::vector<double> seconds;
  std::vector<double> ratios;
  measurement made;
  made.verified = true;
  for (unsigned round = 0; round < rounds; ++round) {
    stopwatch scan_watch;
    auto scanned = log.count_by_header(type);
    auto scan_seconds = scan_watch.seconds();
    stopwatch watch;
    auto found = log.count_by_index(type);
    if (!scanned || !found)
      return fail(!scanned ? scanned.error() : found.error());
    seconds.push_back(watch.seconds());
    ratios.push_back(scan_seconds / seconds.back());
    made.verified = made.verified && *scanned == right && *found == right;
  }
  auto ratio = spread_of(ratios);
  made.system = "raw LMDB";
  made.workload = "index-trade";
  made.n = events;
  made.seconds = spread_of(seconds).median;
  made.figures = {{"ratio", ratio.median},
                  {"ratio_least", ratio.least},
                  {"ratio_most", ratio.most},
                  {"found", static_cast<double>(right)}};
  made.durable = "none";
  made.notes = notes;
  return made;
}

auto count_of(std::uint32_t type, std::uint64_t events) -> std::uint64_t {
  std::uint64_t count = 0;
  for (std::uint64_t n = 0; n < events; ++n)
    count += make_ready(n).type == type ? 1U : 0U;
  return count;
}

void append_to(std::vector<measurement>& all, std::vector<measurement> more) {
  std::ranges::move(more, std::back_inserter(all));
}

} // namespace

auto run_index_trade(const workload_options& options) -> result<std::vector<measurement>> {
  auto folder = work_folder::make(options.data);
  if (!folder)
    return fail(folder.error());
  std::optional<indexed_log> log;
  // Each commit waits for the disk twice here, so there are fewer of them.
  auto fewer = std::max<std::uint64_t>(options.events / 20, batch_events);
  auto measured = measure_appends(*folder, 0, "strict", fewer, options.rounds, log);
  if (!measured)
    return measured;
  auto fast = measure_appends(*folder, MDB_NOSYNC, "volatile", options.events, options.rounds, log);
  if (!fast)
    return fast;
  append_to(*measured, std::move(*fast));
  for (auto [type, notes] :
       {std::pair(ready_common_type, "one type of ten through the index; the ratio to the scan"),
        std::pair(ready_rare_type, "one in a thousand through the index; the ratio to the scan")}) {
    auto reading =
        measure_reading(*log, type, count_of(type, options.events), options.rounds, options.events, notes);
    if (!reading)
      return fail(reading.error());
    measured->push_back(std::move(*reading));
  }
  return measured;
}

} // namespace tusker::bench
