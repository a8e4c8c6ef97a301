#pragma once

#include <tusker/actors/projection_status.hpp>
#include <tusker/actors/runtime_measures.hpp>
#include <tusker/actors/runtime_stats.hpp>
#include <tusker/actors/subscriber_status.hpp>
#include <tusker/admin/journal_tally.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/storage_stats.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tusker {

class runtime;

/// All that is counted and measured of a node, at one time.
struct node_numbers {
  timestamp now{};
  std::chrono::milliseconds uptime{0};
  runtime_stats stats;
  runtime_measures measures;
  std::vector<projection_status> projections;
  std::vector<subscriber_status> subscribers;
  std::optional<storage_stats> storage; ///< None while the journal is away.
  journal_counts counts;
  std::optional<std::chrono::milliseconds> counts_age; ///< None while nothing was counted.
  std::string why_failed;                              ///< Empty: the node works.
};

/// REQUIRES: the node is not shut down.
[[nodiscard]] auto look_at_node(const runtime& node, journal_counts counts,
                                std::chrono::steady_clock::time_point started) -> node_numbers;

/// How long ago a projection has committed; none before its first commit. Never negative.
[[nodiscard]] auto progress_age(const projection_status& status, timestamp now)
    -> std::optional<std::chrono::milliseconds>;

} // namespace tusker
