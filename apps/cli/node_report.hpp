#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/projection_version.hpp>
#include <tusker/model/schema.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tusker::cli {

// What a running node says of itself at `/status`, and `top` shows. Counts are since the start.

using named_counts = std::map<std::string, std::uint64_t>;

/// How many values fell into each bucket; `counts` has one more than `bounds`, for those above all of them.
struct histogram_report {
  std::vector<std::uint64_t> bounds;
  std::vector<std::uint64_t> counts;
  std::uint64_t sum = 0;

  static constexpr auto schema =
      record("Histogram", field("bounds", &histogram_report::bounds),
             field("counts", &histogram_report::counts), field("sum", &histogram_report::sum));
};

struct projection_report {
  std::string projection;
  projection_version version;
  std::string phase;
  log_offset position;
  log_offset head;
  std::uint64_t lag = 0;
  std::uint64_t events = 0;
  std::uint64_t dead_letters = 0;
  std::optional<timestamp> progressed;          ///< None before the first commit.
  std::optional<std::uint64_t> progress_age_ms; ///< The same.
  std::string failure;                          ///< Empty: there is none.
  std::optional<log_offset> rebuild_position;   ///< While rows are made anew.

  static constexpr auto schema =
      record("Projection", field("projection", &projection_report::projection),
             field("version", &projection_report::version), field("phase", &projection_report::phase),
             field("position", &projection_report::position), field("head", &projection_report::head),
             field("lag", &projection_report::lag), field("events", &projection_report::events),
             field("dead_letters", &projection_report::dead_letters),
             field("progressed", &projection_report::progressed),
             field("progress_age_ms", &projection_report::progress_age_ms),
             field("failure", &projection_report::failure),
             field("rebuild_position", &projection_report::rebuild_position));
};

struct subscriber_report {
  std::string subscriber;
  std::string topic;
  std::string phase;
  log_offset position;
  log_offset head;
  std::uint64_t lag = 0;
  std::uint64_t handled = 0;
  std::uint64_t failed_attempts = 0;
  std::uint64_t dead_letters = 0;
  std::uint64_t parked = 0;
  std::uint64_t in_flight = 0;
  std::string failure; ///< Empty: there is none.

  static constexpr auto schema = record(
      "Subscriber", field("subscriber", &subscriber_report::subscriber),
      field("topic", &subscriber_report::topic), field("phase", &subscriber_report::phase),
      field("position", &subscriber_report::position), field("head", &subscriber_report::head),
      field("lag", &subscriber_report::lag), field("handled", &subscriber_report::handled),
      field("failed_attempts", &subscriber_report::failed_attempts),
      field("dead_letters", &subscriber_report::dead_letters), field("parked", &subscriber_report::parked),
      field("in_flight", &subscriber_report::in_flight), field("failure", &subscriber_report::failure));
};

struct storage_report {
  std::uint64_t map_bytes = 0;
  std::uint64_t used_bytes = 0;
  std::uint64_t unapplied_bytes = 0;
  std::uint64_t readers = 0;
  std::uint64_t readers_max = 0;
  std::uint64_t oldest_reader_commits = 0;
  std::uint64_t oldest_read_ms = 0;
  std::uint64_t long_reads = 0;

  static constexpr auto schema =
      record("Storage", field("map_bytes", &storage_report::map_bytes),
             field("used_bytes", &storage_report::used_bytes),
             field("unapplied_bytes", &storage_report::unapplied_bytes),
             field("readers", &storage_report::readers), field("readers_max", &storage_report::readers_max),
             field("oldest_reader_commits", &storage_report::oldest_reader_commits),
             field("oldest_read_ms", &storage_report::oldest_read_ms),
             field("long_reads", &storage_report::long_reads));
};

struct node_report {
  timestamp time{};
  std::uint64_t uptime_ms = 0;
  std::string failure; ///< Why the node has given up; empty: it works.
  named_counts stats;  ///< Those of `runtime_stats`, by their names.
  named_counts events_by_type;
  histogram_report command_latency_us;
  histogram_report commit_time_us;
  histogram_report batch_items;
  std::optional<storage_report> storage; ///< None while the journal is away.
  std::vector<projection_report> projections;
  std::vector<subscriber_report> subscribers;
  std::optional<std::uint64_t> counts_age_ms; ///< How old the next two are; none: nothing was counted yet.
  named_counts dead_letters;                  ///< By what they are of.
  std::map<std::string, named_counts> sagas;  ///< By name and phase.

  static constexpr auto schema = record(
      "Node", field("time", &node_report::time), field("uptime_ms", &node_report::uptime_ms),
      field("failure", &node_report::failure), field("stats", &node_report::stats),
      field("events_by_type", &node_report::events_by_type),
      field("command_latency_us", &node_report::command_latency_us),
      field("commit_time_us", &node_report::commit_time_us), field("batch_items", &node_report::batch_items),
      field("storage", &node_report::storage), field("projections", &node_report::projections),
      field("subscribers", &node_report::subscribers), field("counts_age_ms", &node_report::counts_age_ms),
      field("dead_letters", &node_report::dead_letters), field("sagas", &node_report::sagas));
};

} // namespace tusker::cli
