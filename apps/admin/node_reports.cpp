#include <tusker/admin/node_reports.hpp>

#include <tusker/admin/phase_names.hpp>
#include <tusker/cli/text_width.hpp>

#include <optional>
#include <string>

namespace tusker {

namespace {

auto failure_text(const std::optional<error>& failure) -> std::string {
  return failure ? cli::printable(to_string(*failure)) : std::string();
}

auto count_of(std::chrono::milliseconds time) -> std::uint64_t {
  return static_cast<std::uint64_t>(time.count());
}

auto report_of(const histogram_reading& reading) -> cli::histogram_report {
  return {reading.bounds, reading.counts, reading.sum};
}

auto report_of(const storage_stats& storage) -> cli::storage_report {
  return {storage.map_bytes,
          storage.used_bytes,
          storage.unapplied_bytes,
          storage.readers,
          storage.readers_max,
          storage.oldest_reader_commits,
          count_of(storage.oldest_read),
          storage.long_reads};
}

auto counts_of(const runtime_stats& stats) -> cli::named_counts {
  return {{"dispatched", stats.dispatched},
          {"executed", stats.executed},
          {"repeated", stats.repeated},
          {"rejected", stats.rejected},
          {"timed_out", stats.timed_out},
          {"overloaded", stats.overloaded},
          {"stopped", stats.stopped},
          {"failed", stats.failed},
          {"commits", stats.commits},
          {"items", stats.items},
          {"events", stats.events},
          {"items_waiting", stats.items_waiting},
          {"commands_in_routers", stats.commands_in_routers},
          {"live_aggregates", stats.live_aggregates},
          {"recovering", stats.recovering},
          {"crashes", stats.crashes},
          {"queries_answered", stats.queries_answered},
          {"queries_waiting", stats.queries_waiting},
          {"timers_in_flight", stats.timers_in_flight},
          {"timers_fired", stats.timers_fired},
          {"calls_in_flight", stats.calls_in_flight},
          {"calls_sent", stats.calls_sent}};
}

void add_counts(cli::node_report& report, const node_numbers& numbers) {
  if (numbers.counts_age)
    report.counts_age_ms = count_of(*numbers.counts_age);
  report.dead_letters = numbers.counts.dead_letters;
  for (const auto& [saga, phases] : numbers.counts.sagas)
    for (const auto& [phase, count] : phases)
      report.sagas[saga][std::string(name_of(phase))] = count;
}

} // namespace

auto report_of(const projection_status& status, timestamp now) -> cli::projection_report {
  cli::projection_report report;
  report.projection = status.name;
  report.version = status.version;
  report.phase = phase_name(status.phase);
  report.position = status.position;
  report.head = status.head;
  report.lag = status.lag();
  report.events = status.events;
  report.dead_letters = status.dead_letters;
  if (auto age = progress_age(status, now)) {
    report.progressed = status.progressed;
    report.progress_age_ms = count_of(*age);
  }
  report.failure = failure_text(status.failure);
  if (status.rebuild)
    report.rebuild_position = status.rebuild->position;
  return report;
}

auto report_of(const subscriber_status& status) -> cli::subscriber_report {
  cli::subscriber_report report;
  report.subscriber = status.name;
  report.topic = status.topic;
  report.phase = phase_name(status.phase);
  report.position = status.position;
  report.head = status.head;
  report.lag = status.head > status.position ? status.head.value() - status.position.value() : 0;
  report.handled = status.handled;
  report.failed_attempts = status.failed_attempts;
  report.dead_letters = status.dead_letters;
  report.parked = status.parked;
  report.in_flight = status.in_flight;
  report.failure = failure_text(status.failure);
  return report;
}

auto report_of(const node_numbers& numbers) -> cli::node_report {
  cli::node_report report;
  report.time = numbers.now;
  report.uptime_ms = count_of(numbers.uptime);
  report.failure = cli::printable(numbers.why_failed);
  report.stats = counts_of(numbers.stats);
  report.events_by_type = {numbers.measures.events_by_type.begin(), numbers.measures.events_by_type.end()};
  report.command_latency_us = report_of(numbers.measures.command_latency);
  report.commit_time_us = report_of(numbers.measures.commit_time);
  report.batch_items = report_of(numbers.measures.batch_items);
  if (numbers.storage)
    report.storage = report_of(*numbers.storage);
  report.projections.reserve(numbers.projections.size());
  for (const auto& each : numbers.projections)
    report.projections.push_back(report_of(each, numbers.now));
  report.subscribers.reserve(numbers.subscribers.size());
  for (const auto& each : numbers.subscribers)
    report.subscribers.push_back(report_of(each));
  add_counts(report, numbers);
  return report;
}

} // namespace tusker
