#include <tusker/cli/node_changes.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace tusker::cli {

namespace {

/// How a part of a node stands, whatever kind it is of.
struct standing {
  log_level level;
  std::string_view sentence; ///< Empty: nothing to tell.
};

/// In the place of a sentence: the node has told it when it happened.
constexpr std::string_view told_by_node = "(told)";

auto standing_of(projection_phase phase) -> standing {
  switch (phase) {
  case projection_phase::failed:
    return {log_level::error, told_by_node};
  case projection_phase::paused:
    return {log_level::warning, "projection is paused"};
  case projection_phase::rebuilding:
    return {log_level::info, "projection is rebuilt"};
  case projection_phase::live:
    return {log_level::info, "projection is live"};
  case projection_phase::catching_up:
  case projection_phase::stopped:
    break;
  }
  return {log_level::debug, {}};
}

auto standing_of(subscriber_phase phase) -> standing {
  switch (phase) {
  case subscriber_phase::failed:
    return {log_level::error, told_by_node};
  case subscriber_phase::paused:
    return {log_level::warning, "subscriber is paused"};
  case subscriber_phase::live:
    return {log_level::info, "subscriber is live"};
  case subscriber_phase::catching_up:
  case subscriber_phase::stopped:
    break;
  }
  return {log_level::debug, {}};
}

template <class Status>
auto find_status(const std::vector<Status>& all, const std::string& name) -> const Status* {
  auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

template <class Status>
void add_part_changes(log_component component, const std::vector<Status>& before,
                      const std::vector<Status>& now, std::vector<log_record>& to) {
  for (const auto& status : now) {
    const auto* known = find_status(before, status.name);
    std::vector<log_field> fields{{std::string(name_of(component)), status.name},
                                  {"position", std::to_string(status.position.value())},
                                  {"head", std::to_string(status.head.value())}};
    if (status.failure)
      fields.push_back({"failure", to_string(*status.failure)});
    auto told = standing_of(status.phase);
    // Between live and catching up a part goes to and fro with every event: that it is live is told once.
    auto was_live =
        known != nullptr && told.level == log_level::info && standing_of(known->phase).sentence.empty();
    auto is_news = !told.sentence.empty() && told.sentence != told_by_node;
    if (is_news && !was_live && (known == nullptr || known->phase != status.phase))
      to.push_back({told.level, component, std::string(told.sentence), fields});
  }
}

/// A number of the node that only grows, and what it means when it did.
struct told_counter {
  std::uint64_t runtime_stats::*counter;
  log_level level;
  log_component component;
  std::string_view sentence;
};

constexpr std::array<told_counter, 6> counters{{
    {&runtime_stats::query_worker_restarts, log_level::warning, log_component::node,
     "a query worker was started again"},
    {&runtime_stats::long_reads, log_level::warning, log_component::journal,
     "reads took long and keep old pages"},
    {&runtime_stats::stale_readers, log_level::info, log_component::journal,
     "readers that died were let go of"},
    {&runtime_stats::outbox_stuck, log_level::warning, log_component::queue,
     "outbox entries cannot be published"},
    {&runtime_stats::overloaded, log_level::warning, log_component::node,
     "commands were answered overloaded"},
    {&runtime_stats::timed_out, log_level::warning, log_component::node, "commands were answered timed_out"},
}};

} // namespace

auto look_at(const runtime& node) -> node_look {
  return {node.projections(), node.subscribers(), node.stats()};
}

auto changes_between(const node_look& before, const node_look& now) -> std::vector<log_record> {
  std::vector<log_record> changes;
  add_part_changes(log_component::projection, before.projections, now.projections, changes);
  add_part_changes(log_component::queue, before.subscribers, now.subscribers, changes);
  for (const auto& each : counters) {
    auto grown = now.stats.*each.counter - std::min(before.stats.*each.counter, now.stats.*each.counter);
    if (grown > 0)
      changes.push_back(
          {each.level, each.component, std::string(each.sentence), {{"times", std::to_string(grown)}}});
  }
  return changes;
}

} // namespace tusker::cli
