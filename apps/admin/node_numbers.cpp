#include <tusker/admin/node_numbers.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/cli/owned_journal.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

using std::chrono::milliseconds;

} // namespace

auto look_at_node(const runtime& node, journal_counts counts, std::chrono::steady_clock::time_point started)
    -> node_numbers {
  auto now = std::chrono::steady_clock::now();
  node_numbers numbers;
  numbers.now = cli::wall_time();
  numbers.uptime = std::chrono::duration_cast<milliseconds>(now - started);
  numbers.stats = node.stats();
  numbers.measures = node.measures();
  numbers.projections = node.projections();
  numbers.subscribers = node.subscribers();
  if (auto storage = node.journal().storage())
    numbers.storage = *storage;
  if (counts.counted != std::chrono::steady_clock::time_point())
    numbers.counts_age = std::chrono::duration_cast<milliseconds>(now - counts.counted);
  numbers.counts = std::move(counts);
  if (auto health = node.health(); !health)
    numbers.why_failed = to_string(health.error());
  return numbers;
}

auto progress_age(const projection_status& status, timestamp now) -> std::optional<milliseconds> {
  if (status.progressed == timestamp())
    return std::nullopt;
  return std::max(std::chrono::duration_cast<milliseconds>(now - status.progressed), milliseconds(0));
}

} // namespace tusker
