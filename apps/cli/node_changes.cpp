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

auto standing_of(projection_phase phase) -> standing {
  switch (phase) {
  case projection_phase::failed:
    return {log_level::error, "projection has failed"};
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
    return {log_level::error, "subscriber has failed"};
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
    if (!told.sentence.empty() && !was_live && (known == nullptr || known->phase != status.phase))
      to.push_back({told.level, component, std::string(told.sentence), fields});
    auto letters_before = known == nullptr ? 0 : known->dead_letters;
    if (status.dead_letters > letters_before) {
      fields.push_back({"dead_letters", std::to_string(status.dead_letters - letters_before)});
      to.push_back({log_level::warning, component, "something was given up", std::move(fields)});
    }
  }
}

/// A number of the node that only grows, and what it means when it did.
struct told_counter {
  std::uint64_t runtime_stats::*counter;
  log_level level;
  log_component component;
  std::string_view sentence;
};

constexpr std::array<told_counter, 16> counters{{
    {&runtime_stats::crashes, log_level::warning, log_component::node, "the actor of an aggregate died"},
    {&runtime_stats::router_restarts, log_level::warning, log_component::node, "a router was started again"},
    {&runtime_stats::dispatcher_restarts, log_level::warning, log_component::node,
     "the dispatcher was started again"},
    {&runtime_stats::query_worker_restarts, log_level::warning, log_component::node,
     "a query worker was started again"},
    {&runtime_stats::publisher_restarts, log_level::warning, log_component::queue,
     "the publisher was started again"},
    {&runtime_stats::outbox_restarts, log_level::warning, log_component::queue,
     "the outbox was started again"},
    {&runtime_stats::timer_restarts, log_level::warning, log_component::node,
     "the timers were started again"},
    {&runtime_stats::caller_restarts, log_level::warning, log_component::saga,
     "the caller of sagas was started again"},
    {&runtime_stats::journal_restarts, log_level::warning, log_component::journal,
     "the journal was opened again"},
    {&runtime_stats::long_reads, log_level::warning, log_component::journal,
     "reads took long and keep old pages"},
    {&runtime_stats::stale_readers, log_level::info, log_component::journal,
     "readers that died were let go of"},
    {&runtime_stats::outbox_stuck, log_level::warning, log_component::queue,
     "outbox entries cannot be published"},
    {&runtime_stats::timers_given_up, log_level::warning, log_component::node,
     "commands of timers were given up"},
    {&runtime_stats::calls_given_up, log_level::warning, log_component::saga, "calls of sagas were given up"},
    {&runtime_stats::overloaded, log_level::warning, log_component::node,
     "commands were answered overloaded"},
    {&runtime_stats::timed_out, log_level::warning, log_component::node, "commands were answered timed_out"},
}};

} // namespace

auto look_at(const runtime& node) -> node_look {
  node_look look{node.projections(), node.subscribers(), node.stats(), std::nullopt};
  if (auto health = node.health(); !health)
    look.failure = health.error();
  return look;
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
  if (now.failure && !before.failure)
    changes.push_back(
        {log_level::error, log_component::node, "the node gave up", {{"failure", to_string(*now.failure)}}});
  return changes;
}

} // namespace tusker::cli
