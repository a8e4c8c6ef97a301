#include <tusker/bench/filtered_read.hpp>

#include <tusker/bench/delivery_check.hpp>
#include <tusker/bench/raw_scan.hpp>
#include <tusker/bench/sample_log.hpp>
#include <tusker/bench/spread.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/persistence/lmdb_journal.hpp>

#include <memory>
#include <utility>

namespace tusker::bench {

namespace {

/// One filter, and what its readings took.
struct reading {
  const char* name;
  log_filter filter;
  delivery_check check;
  std::vector<double> seconds = {};
  std::vector<double> ratios = {};
};

auto readings_of(std::uint64_t events, shard_count shards) -> std::vector<reading> {
  std::vector<std::pair<const char*, log_filter>> filters{
      {"one type of ten", {{common_sample_type}, {}, {}}},
      {"no filter: every event is delivered", {}},
      {"one category, a tenth", {{}, {"payment"}, {}}},
      {"one shard of 64", {{}, {}, {shard_id(7)}}},
      {"a type of one in a thousand", {{rare_sample_type}, {}, {}}},
  };
  std::vector<reading> readings;
  readings.reserve(filters.size());
  for (auto& [name, filter] : filters)
    readings.push_back({name, filter, delivery_check(filter, events, shards)});
  return readings;
}

auto read_all(const journal_reader& from, reading& one) -> result<void> {
  one.check.begin();
  log_offset after{};
  for (;;) {
    auto slice = from.read_log(log_id(0), after, {}, one.filter);
    if (!slice)
      return fail(slice.error());
    for (const auto& event : slice->events)
      one.check.take(event);
    after = slice->scanned_to;
    if (after == slice->head)
      return {};
  }
}

struct limit {
  raw_environment env;
  MDB_dbi events;
};

auto open_limit(const std::filesystem::path& folder) -> result<limit> {
  auto env = raw_environment::look_into(folder);
  auto table = env ? env->table("ev", 0) : fail(env.error());
  if (!table)
    return fail(table.error());
  return limit{std::move(*env), *table};
}

/// One turn: the limit, then the filter. The ratio is of the two that ran one after the other.
auto measure(const limit& raw, const journal_reader& from, reading& one) -> result<double> {
  stopwatch raw_watch;
  if (auto scanned = scan_checksums(raw.env, raw.events); !scanned)
    return fail(scanned.error());
  auto raw_seconds = raw_watch.seconds();
  stopwatch watch;
  if (auto read = read_all(from, one); !read)
    return fail(read.error());
  one.seconds.push_back(watch.seconds());
  one.ratios.push_back(raw_seconds / one.seconds.back());
  return raw_seconds;
}

auto of_limit(const std::vector<double>& seconds, std::uint64_t events) -> measurement {
  auto spread = spread_of(seconds);
  measurement one;
  one.system = "raw LMDB";
  one.workload = "filtered-read";
  one.n = events;
  one.seconds = spread.median;
  one.figures = {{"seconds_least", spread.least}, {"seconds_most", spread.most}};
  one.durable = "none";
  one.verified = true; // The scan fails otherwise.
  one.notes = "the limit: a cursor over the events that verifies each checksum";
  return one;
}

auto of_reading(const reading& read, std::uint64_t events) -> measurement {
  auto ratio = spread_of(read.ratios);
  measurement one;
  one.workload = "filtered-read";
  one.n = events;
  one.seconds = spread_of(read.seconds).median;
  one.figures = {{"ratio", ratio.median},
                 {"ratio_least", ratio.least},
                 {"ratio_most", ratio.most},
                 {"delivered", static_cast<double>(read.check.wanted())}};
  one.durable = "none";
  one.verified = read.check.is_right();
  one.notes = read.name;
  return one;
}

} // namespace

auto run_filtered_read(const workload_options& options) -> result<std::vector<measurement>> {
  auto folder = work_folder::make(options.data);
  if (!folder)
    return fail(folder.error());
  journal_options opening;
  opening.directory = folder->at("sample-log");
  if (auto made = make_sample_log(opening.directory, options.events); !made)
    return fail(made.error());
  opening.mode = open_mode::read_only;
  auto journal = open_lmdb_journal(opening);
  auto raw = open_limit(opening.directory);
  if (!journal || !raw)
    return fail(!journal ? journal.error() : raw.error());

  auto readings = readings_of(options.events, (*journal)->shards());
  std::vector<double> raw_seconds;
  // The first round only brings the file into memory.
  for (unsigned round = 0; round <= options.rounds; ++round) {
    for (auto& one : readings) {
      auto seconds = measure(*raw, **journal, one);
      if (!seconds)
        return fail(seconds.error());
      if (round > 0) {
        raw_seconds.push_back(*seconds);
        continue;
      }
      one.seconds.clear();
      one.ratios.clear();
    }
  }
  std::vector<measurement> measured{of_limit(raw_seconds, options.events)};
  for (const auto& one : readings)
    measured.push_back(of_reading(one, options.events));
  return measured;
}

} // namespace tusker::bench
