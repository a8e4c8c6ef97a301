#include <tusker/cli/top_view.hpp>

#include <tusker/cli/number_text.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_table.hpp>
#include <tusker/cli/text_width.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker::cli {

namespace {

constexpr std::uint64_t ms_in_second = 1'000;

auto count_in(const named_counts& counts, const std::string& name) -> std::uint64_t {
  auto found = counts.find(name);
  return found == counts.end() ? 0 : found->second;
}

/// A node that was started anew counts from 0.
auto grown(std::uint64_t before, std::uint64_t now) -> std::uint64_t {
  return now >= before ? now - before : now;
}

/// What came in between.
auto between(const histogram_report& before, const histogram_report& now) -> histogram_report {
  auto part = now;
  if (before.bounds != now.bounds || before.counts.size() != now.counts.size())
    return part;
  for (std::size_t at = 0; at < part.counts.size(); ++at)
    part.counts[at] = grown(before.counts[at], now.counts[at]);
  part.sum = grown(before.sum, now.sum);
  return part;
}

auto count_of(const histogram_report& histogram) -> std::uint64_t {
  std::uint64_t all = 0;
  for (auto each : histogram.counts)
    all += each;
  return all;
}

/// The bound of the bucket in which the value of that rank is; none above all bounds, or where there are no values.
auto percentile(const histogram_report& histogram, double percent) -> std::optional<std::uint64_t> {
  auto rank = std::max(std::uint64_t{1}, static_cast<std::uint64_t>(std::ceil(
                                             percent / 100 * static_cast<double>(count_of(histogram)))));
  std::uint64_t below = 0;
  for (std::size_t at = 0; at < std::min(histogram.bounds.size(), histogram.counts.size()); ++at) {
    below += histogram.counts[at];
    if (below >= rank)
      return histogram.bounds[at];
  }
  return std::nullopt;
}

auto latency_text(const histogram_report& histogram) -> std::string {
  constexpr double us_in_ms = 1'000;
  if (count_of(histogram) == 0)
    return "-";
  auto one = [&](double percent) {
    auto found = percentile(histogram, percent);
    auto longest = histogram.bounds.empty() ? 0 : histogram.bounds.back();
    return (found ? "<= " : "> ") + fixed(static_cast<double>(found.value_or(longest)) / us_in_ms, 2) + " ms";
  };
  return "p50 " + one(50) + "  p99 " + one(99);
}

auto duration_text(std::uint64_t ms) -> std::string {
  constexpr std::uint64_t seconds_in_minute = 60;
  constexpr std::uint64_t minutes_in_hour = 60;
  auto seconds = ms / ms_in_second;
  auto minutes = seconds / seconds_in_minute;
  if (seconds < seconds_in_minute)
    return fixed(static_cast<double>(ms) / static_cast<double>(ms_in_second), 1) + " s";
  if (minutes < minutes_in_hour)
    return std::to_string(minutes) + " min " + std::to_string(seconds % seconds_in_minute) + " s";
  return grouped(minutes / minutes_in_hour) + " h " + std::to_string(minutes % minutes_in_hour) + " min";
}

auto bytes_text(std::uint64_t bytes) -> std::string {
  constexpr std::array<std::string_view, 5> units{"B", "KiB", "MiB", "GiB", "TiB"};
  constexpr double step = 1'024;
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= step && unit + 1 < units.size(); ++unit)
    value /= step;
  return fixed(value, unit == 0 ? 0 : 1) + " " + std::string(units.at(unit));
}

/// Two reports, and what they come to.
class top_page {
public:
  top_page(const node_report& before, const node_report& now, const terminal& where)
      : before_(before), now_(now), where_(where),
        ms_(std::max(std::uint64_t{1}, grown(before.uptime_ms, now.uptime_ms))) {}

  auto text() const -> std::string { return head() + numbers() + projections() + sagas() + subscribers(); }

private:
  [[nodiscard]] auto per_second(std::uint64_t count) const -> std::string {
    auto seconds = static_cast<double>(ms_) / static_cast<double>(ms_in_second);
    return fixed(static_cast<double>(count) / seconds, 1) + "/s";
  }

  [[nodiscard]] auto stat(const std::string& name) const -> std::uint64_t {
    return count_in(now_.stats, name);
  }
  [[nodiscard]] auto rate(const std::string& name) const -> std::string {
    return per_second(grown(count_in(before_.stats, name), stat(name)));
  }

  [[nodiscard]] auto head() const -> std::string {
    auto state = now_.failure.empty() ? styled("works", text_style::good, where_)
                                      : styled("failed: " + printable(now_.failure), text_style::bad, where_);
    return styled("Tusker node", text_style::bold, where_) + "  " + state + "  up " +
           duration_text(now_.uptime_ms) + "  " + to_string(now_.time) + "\n\n";
  }

  [[nodiscard]] auto numbers() const -> std::string {
    text_table table({{"", alignment::left}, {"", alignment::left}});
    table.add_row({"Commands", rate("executed") + " executed  " + rate("rejected") + " rejected  " +
                                   rate("failed") + " failed  " + rate("overloaded") + " overloaded"});
    table.add_row(
        {"Their latency", latency_text(between(before_.command_latency_us, now_.command_latency_us))});
    auto batches = between(before_.batch_items, now_.batch_items);
    auto mean = count_of(batches) == 0
                    ? std::string("-")
                    : fixed(static_cast<double>(batches.sum) / static_cast<double>(count_of(batches)), 1);
    table.add_row({"Commits", rate("commits") + "  " + mean + " steps each"});
    table.add_row({"Their time", latency_text(between(before_.commit_time_us, now_.commit_time_us))});
    table.add_row({"Events", events()});
    table.add_row({"Waiting", grouped(stat("commands_in_routers")) + " commands  " +
                                  grouped(stat("items_waiting")) + " steps  " +
                                  grouped(stat("queries_waiting")) + " queries  " +
                                  grouped(stat("timers_in_flight")) + " timers  " +
                                  grouped(stat("calls_in_flight")) + " calls"});
    table.add_row({"Actors", grouped(stat("live_aggregates")) + " live  " + grouped(stat("recovering")) +
                                 " recovering  " + grouped(stat("crashes")) + " crashes"});
    table.add_row({"Map", map()});
    table.add_row({"Dead letters", dead_letters()});
    return table.to_text(where_);
  }

  [[nodiscard]] auto events() const -> std::string {
    auto text = rate("events");
    for (const auto& [type, count] : now_.events_by_type)
      text += "  " + printable(type) + " " + per_second(grown(count_in(before_.events_by_type, type), count));
    return text;
  }

  [[nodiscard]] auto map() const -> std::string {
    constexpr double percent = 100;
    if (!now_.storage)
      return "the journal is away";
    const auto& storage = *now_.storage;
    auto share = storage.map_bytes == 0 ? 0
                                        : percent * static_cast<double>(storage.used_bytes) /
                                              static_cast<double>(storage.map_bytes);
    return bytes_text(storage.used_bytes) + " of " + bytes_text(storage.map_bytes) + " (" + fixed(share, 1) +
           " %)  log ahead " + bytes_text(storage.unapplied_bytes) + "  oldest reader " +
           grouped(storage.oldest_reader_commits) + " commits behind";
  }

  [[nodiscard]] auto dead_letters() const -> std::string {
    if (!now_.counts_age_ms)
      return "not counted yet";
    std::string text;
    for (const auto& [origin, count] : now_.dead_letters)
      text += grouped(count) + " of " + printable(origin) + "s  ";
    return text + "(" + duration_text(*now_.counts_age_ms) + " ago)";
  }

  [[nodiscard]] auto projections() const -> std::string {
    if (now_.projections.empty())
      return {};
    text_table table({{"Projection", alignment::left},
                      {"Phase", alignment::left},
                      {"Lag", alignment::right},
                      {"Events", alignment::right},
                      {"Last progress", alignment::left},
                      {"Trouble", alignment::left}});
    for (const auto& each : now_.projections) {
      auto found = std::find_if(before_.projections.begin(), before_.projections.end(),
                                [&](const auto& one) { return one.projection == each.projection; });
      auto was = found == before_.projections.end() ? 0 : found->events;
      table.add_row({each.projection, each.phase, grouped(each.lag), per_second(grown(was, each.events)),
                     each.progress_age_ms ? duration_text(*each.progress_age_ms) + " ago" : "never",
                     each.failure});
    }
    return table.to_text(where_);
  }

  [[nodiscard]] auto sagas() const -> std::string {
    constexpr std::array<const char*, 5> phases{"running", "compensating", "stuck", "completed",
                                                "compensated"};
    if (now_.sagas.empty())
      return {};
    text_table table({{"Saga", alignment::left},
                      {"Running", alignment::right},
                      {"Compensating", alignment::right},
                      {"Stuck", alignment::right},
                      {"Completed", alignment::right},
                      {"Compensated", alignment::right}});
    for (const auto& [saga, counts] : now_.sagas) {
      std::vector<std::string> cells{saga};
      for (const auto* phase : phases)
        cells.push_back(grouped(count_in(counts, phase)));
      table.add_row(cells);
    }
    return table.to_text(where_);
  }

  [[nodiscard]] auto subscribers() const -> std::string {
    if (now_.subscribers.empty())
      return {};
    text_table table({{"Subscriber", alignment::left},
                      {"Phase", alignment::left},
                      {"Lag", alignment::right},
                      {"Handled", alignment::right},
                      {"Parked", alignment::right},
                      {"Trouble", alignment::left}});
    for (const auto& each : now_.subscribers) {
      auto found = std::find_if(before_.subscribers.begin(), before_.subscribers.end(),
                                [&](const auto& one) { return one.subscriber == each.subscriber; });
      auto was = found == before_.subscribers.end() ? 0 : found->handled;
      table.add_row({each.subscriber, each.phase, grouped(each.lag), per_second(grown(was, each.handled)),
                     grouped(each.parked), each.failure});
    }
    return table.to_text(where_);
  }

  const node_report& before_;
  const node_report& now_;
  const terminal& where_;
  std::uint64_t ms_; ///< Between the two.
};

} // namespace

auto top_text(const node_report& before, const node_report& now, const terminal& where) -> std::string {
  return top_page(before, now, where).text();
}

} // namespace tusker::cli
