#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/config/log_record.hpp>

#include <optional>
#include <vector>

namespace tusker::cli {

/// How a node stands at one moment, as far as a log tells of it.
struct node_look {
  std::vector<projection_status> projections; ///< By name.
  std::vector<subscriber_status> subscribers; ///< By name.
  runtime_stats stats;
  std::optional<error> failure; ///< Why the node gave up.
};

[[nodiscard]] auto look_at(const runtime& node) -> node_look;

/// What there is to tell between two looks: parts that failed, were paused or go on, what was given up, what was
/// started again, and that the node gave up.
[[nodiscard]] auto changes_between(const node_look& before, const node_look& now) -> std::vector<log_record>;

} // namespace tusker::cli
