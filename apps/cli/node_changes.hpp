#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/config/log_record.hpp>

#include <vector>

namespace tusker::cli {

/// How a node stands at one moment, as far as a log tells of it.
struct node_look {
  std::vector<projection_status> projections; ///< By name.
  std::vector<subscriber_status> subscribers; ///< By name.
  runtime_stats stats;
};

[[nodiscard]] auto look_at(const runtime& node) -> node_look;

/// What there is to tell between two looks: parts that were paused or go on, and what a node counts and does not tell
/// one by one. What it tells itself when it happens (`runtime_options::log`) is not told again.
[[nodiscard]] auto changes_between(const node_look& before, const node_look& now) -> std::vector<log_record>;

} // namespace tusker::cli
