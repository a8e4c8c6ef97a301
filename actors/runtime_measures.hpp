#pragma once

#include <tusker/actors/type_tally.hpp>
#include <tusker/actors/value_histogram.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace tusker {

/// What a runtime has measured since it was opened.
struct runtime_measures {
  /// Events made durable, by the type of their aggregate: the category of their stream.
  std::map<std::string, std::uint64_t, std::less<>> events_by_type;
  /// From the dispatch of a command to its answer, in microseconds; not of those that the gate or the end refused.
  histogram_reading command_latency;
  /// One commit with its flush, in microseconds.
  histogram_reading commit_time;
  /// Steps in one commit.
  histogram_reading batch_items;
};

/// The measuring behind it.
class runtime_gauges {
public:
  runtime_gauges();

  void count_events(std::string_view type, std::uint64_t events) { events_by_type_.add(type, events); }
  void command_took(std::chrono::nanoseconds time) { command_latency_.record(microseconds(time)); }
  void commit_took(std::chrono::nanoseconds time) { commit_time_.record(microseconds(time)); }
  void batch_had(std::uint64_t items) { batch_items_.record(items); }

  [[nodiscard]] auto read() const -> runtime_measures;

private:
  static auto microseconds(std::chrono::nanoseconds time) -> std::uint64_t;

  type_tally events_by_type_;
  value_histogram command_latency_;
  value_histogram commit_time_;
  value_histogram batch_items_;
};

} // namespace tusker
