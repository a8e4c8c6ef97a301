#include <tusker/actors/deterministic_runtime.hpp>

#include <tusker/actors/runtime_core.hpp>
#include <tusker/actors/subscription_core.hpp>
#include <tusker/persistence/memory_journal.hpp>

#include <utility>

namespace tusker {

auto deterministic_runtime::open(const runtime_options& options, std::unique_ptr<journal> engine,
                                 timestamp start) -> result<deterministic_runtime> {
  return open(options, std::move(engine), nullptr, start);
}

auto deterministic_runtime::open(const runtime_options& options, std::unique_ptr<journal> engine,
                                 std::shared_ptr<read_store> rows, timestamp start)
    -> result<deterministic_runtime> {
  if (auto checked = check_limits(options); !checked)
    return fail(checked.error());
  auto clock = std::make_shared<manual_wall_clock>(start);
  auto parts = runtime_parts{options, std::move(engine), clock, scheduling::deterministic, std::move(rows)};
  auto node = std::unique_ptr<runtime>(new runtime(std::make_shared<runtime_core>(std::move(parts))));
  return deterministic_runtime(std::move(node), std::move(clock));
}

auto deterministic_runtime::open(const runtime_options& options) -> result<deterministic_runtime> {
  auto engine = open_memory_journal(options.journal);
  if (!engine)
    return fail(engine.error());
  return open(options, std::move(*engine), std::chrono::sys_days(std::chrono::year(2026) / 1 / 1));
}

deterministic_runtime::deterministic_runtime(std::unique_ptr<runtime> node,
                                             std::shared_ptr<manual_wall_clock> clock)
    : node_(std::move(node)), clock_(std::move(clock)) {}

auto deterministic_runtime::run() -> std::size_t {
  return node_->core_->coordinator().run();
}

auto deterministic_runtime::run_once() -> bool {
  return node_->core_->coordinator().try_run_once();
}

void deterministic_runtime::crash(const node_part& part) {
  node_->core_->crash(part);
}

void deterministic_runtime::crash(const crash_query_part& request) {
  node_->core_->queries().crash(request);
}

void deterministic_runtime::crash(const crash_projection& request) {
  node_->core_->projections().crash(request);
}

void deterministic_runtime::crash(const subscription& of, const crash_subscription& request) {
  of.core_->crash(request);
}

void deterministic_runtime::crash(const crash_delivery& request) {
  node_->core_->deliveries().crash(request);
}

void deterministic_runtime::advance(std::chrono::microseconds step) {
  clock_->pass(step);
  auto& coordinator = node_->core_->coordinator();
  coordinator.advance_time(std::chrono::duration_cast<caf::timespan>(step));
  coordinator.run();
}

} // namespace tusker
