#include <tusker/bench/contest.hpp>

#include <tusker/bench/spread.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace tusker::bench {

namespace {

/// One figure of all trials of a contender.
template <class Get>
auto spread_over(const contender& one, const Get& get) -> spread {
  std::vector<double> values;
  values.reserve(one.trials.size());
  for (std::size_t round = 0; round < one.trials.size(); ++round)
    values.push_back(get(one.trials[round], round));
  return spread_of(std::move(values));
}

auto median_latency(const trial& run) -> double {
  return microseconds(run.latencies.percentile(50));
}

/// The trial of the limit of that name which was the fastest of a round.
auto best_of(const std::vector<contender>& all, const std::string& limit, std::size_t round) -> const trial& {
  const trial* best = nullptr;
  for (const auto& one : all)
    if (one.limit_of == limit && (best == nullptr || one.trials[round].per_second() > best->per_second()))
      best = &one.trials[round];
  return *best;
}

/// The names of the limits, in their order.
auto limits_of(const std::vector<contender>& all) -> std::vector<std::string> {
  std::vector<std::string> names;
  for (const auto& one : all)
    if (!one.limit_of.empty() && std::ranges::find(names, one.limit_of) == names.end())
      names.push_back(one.limit_of);
  return names;
}

/// How much longer the median operation takes than with the limit.
void add_delay(const std::vector<contender>& all, const contender& one, std::vector<figure>& figures) {
  auto limits = limits_of(all);
  if (limits.empty())
    return;
  auto longer = spread_over(one, [&](const trial& run, std::size_t round) {
    return median_latency(run) - median_latency(best_of(all, limits.front(), round));
  });
  figures.push_back({"p50_over_limit_us", longer.median});
}

void add_ratios(const std::vector<contender>& all, const contender& one, std::vector<figure>& figures) {
  for (const auto& limit : limits_of(all)) {
    auto ratio = spread_over(one, [&](const trial& run, std::size_t round) {
      return run.per_second() / std::max(best_of(all, limit, round).per_second(), 1.0);
    });
    figures.push_back({limit, ratio.median});
    figures.push_back({limit + "_least", ratio.least});
    figures.push_back({limit + "_most", ratio.most});
  }
}

auto line_of(const std::vector<contender>& all, const contender& one, const measurement& first)
    -> measurement {
  auto line = first;
  line.system = one.system;
  line.notes = one.notes;
  auto rate = spread_over(one, [](const trial& run, std::size_t) { return run.per_second(); });
  load::latency_histogram latencies;
  line.verified = true;
  for (const auto& run : one.trials) {
    latencies.add(run.latencies);
    line.verified = line.verified && run.is_right;
    // Of one round: the one that has the median rate.
    if (run.per_second() == rate.median) {
      line.n = run.counted;
      line.seconds = run.seconds;
    }
  }
  line.figures = {{"per_second_least", rate.least},
                  {"per_second_most", rate.most},
                  {"p50_us", microseconds(latencies.percentile(50))},
                  {"p99_us", microseconds(latencies.percentile(99))}};
  if (one.limit_of.empty()) {
    add_ratios(all, one, line.figures);
    add_delay(all, one, line.figures);
  }
  for (std::size_t at = 0; at < one.trials.front().figures.size(); ++at) {
    auto of_all = spread_over(one, [at](const trial& run, std::size_t) { return run.figures.at(at).value; });
    line.figures.push_back({one.trials.front().figures[at].name, of_all.median});
  }
  return line;
}

} // namespace

auto hold_contest(std::vector<contender>& all, unsigned rounds) -> result<void> {
  for (unsigned round = 0; round < rounds; ++round) {
    for (auto& one : all) {
      auto run = one.run();
      if (!run)
        return fail(run.error());
      one.trials.push_back(std::move(*run));
    }
  }
  return {};
}

auto lines_of(const std::vector<contender>& all, const measurement& first) -> std::vector<measurement> {
  std::vector<measurement> lines;
  lines.reserve(all.size());
  for (const auto& one : all)
    lines.push_back(line_of(all, one, first));
  return lines;
}

} // namespace tusker::bench
