#include <tusker/config/runtime_options.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker/config/option_check.hpp>

#include <string>

namespace tusker {

namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t day_ms = 24 * hour_ms;

auto check_share(const std::string& option, double value, double least, double most) -> result<void> {
  if (value >= least && value <= most)
    return {};
  return fail(config_errc::out_of_range, option + " is " + std::to_string(value) + ", it must be from " +
                                             std::to_string(least) + " to " + std::to_string(most));
}

auto check_retries(std::string_view option, const retry_policy& policy) -> result<void> {
  constexpr double factor_max = 100;
  auto name = std::string(option);
  return first_failure(
      check_range<std::int64_t>(name + ".delay_base (ms)", policy.delay_base.count(), 1, day_ms),
      check_share(name + ".factor", policy.factor, 1, factor_max),
      check_range<std::int64_t>(name + ".delay_max (ms)", policy.delay_max.count(), policy.delay_base.count(),
                                day_ms),
      check_share(name + ".jitter", policy.jitter, 0, 1),
      check_range<std::uint32_t>(name + ".attempts_max", policy.attempts_max, 1, 1'000'000));
}

auto check_kept(const std::string& whose, const aggregate_options& kept) -> result<void> {
  return first_failure(
      check_range<std::size_t>(whose + "live_aggregates_max", kept.live_aggregates_max, 1, 100'000'000),
      check_range<std::int64_t>(whose + "idle_passivation (ms)", kept.idle_passivation.count(), 1'000,
                                365 * day_ms),
      check_range<std::size_t>(whose + "snapshot_every_events", kept.snapshot_every_events, 0, 1'000'000),
      check_range<std::size_t>(whose + "snapshot_on_passivation_events", kept.snapshot_on_passivation_events,
                               0, 1'000'000));
}

auto check_aggregates(const runtime_options& options) -> result<void> {
  for (const auto& [name, kept] : options.aggregates)
    if (auto checked = check_kept("aggregate " + name + ": ", kept); !checked)
      return checked;
  return check_kept("", {options.live_aggregates_max, options.idle_passivation, options.snapshot_every_events,
                         options.snapshot_on_passivation_events});
}

} // namespace

auto options_of(const runtime_options& options, std::string_view aggregate) -> aggregate_options {
  if (auto own = options.aggregates.find(aggregate); own != options.aggregates.end())
    return own->second;
  return {options.live_aggregates_max, options.idle_passivation, options.snapshot_every_events,
          options.snapshot_on_passivation_events};
}

auto check_dispatch_timeout(std::string_view option, std::chrono::milliseconds timeout) -> result<void> {
  return check_range<std::int64_t>(option, timeout.count(), 1, day_ms);
}

auto check_limits(const runtime_options& options) -> result<void> {
  return first_failure(
      check_aggregates(options), check_range<std::size_t>("worker_threads", options.worker_threads, 0, 1'024),
      check_range<std::size_t>("messages_per_turn_max", options.messages_per_turn_max, 1, 100'000),
      check_range<std::size_t>("commands_in_flight_max", options.commands_in_flight_max, 1, 10'000'000),
      check_range<std::size_t>("commands_per_aggregate_max", options.commands_per_aggregate_max, 1,
                               10'000'000),
      check_range<std::size_t>("command_bytes_max", options.command_bytes_max, 1, std::size_t{16} << 20U),
      check_range<std::size_t>("recoveries_max", options.recoveries_max, 1, 1'000'000),
      check_range<std::size_t>("routers_per_type", options.routers_per_type, 0, 64),
      check_range<std::size_t>("restarts_max", options.restarts_max, 0, 1'000),
      check_range<std::int64_t>("restart_window (ms)", options.restart_window.count(), 1'000, day_ms),
      check_range<std::int64_t>("journal_reopen_for (ms)", options.journal_reopen_for.count(), 0, day_ms),
      check_range<std::int64_t>("restart_delay (ms)", options.restart_delay.count(), 0, 60'000),
      check_range<std::int64_t>("restart_delay_max (ms)", options.restart_delay_max.count(),
                                options.restart_delay.count(), hour_ms),
      check_range<std::size_t>("redeliveries_max", options.redeliveries_max, 0, 100),
      check_range<std::int64_t>("latency_target (ms)", options.latency_target.count(), 0, hour_ms),
      check_dispatch_timeout("dispatch_timeout (ms)", options.dispatch_timeout),
      check_range<std::size_t>("decisions_max", options.decisions_max, 1, 100),
      check_range<std::size_t>("batch_items_max", options.batch_items_max, 1, 4'096),
      check_range<std::size_t>("batch_bytes_max", options.batch_bytes_max, std::size_t{64} << 10U,
                               std::size_t{64} << 20U),
      check_range<std::size_t>("queries_in_flight_max", options.queries_in_flight_max, 1, 1'000'000),
      check_range<std::size_t>("query_workers", options.query_workers, 1, 64),
      check_dispatch_timeout("query_timeout (ms)", options.query_timeout),
      check_range<std::size_t>("publishes_in_flight_max", options.publishes_in_flight_max, 1, 1'000'000),
      check_range<std::size_t>("outbox_in_flight_max", options.outbox_in_flight_max, 1, 100'000),
      check_range<std::size_t>("timers_in_flight_max", options.timers_in_flight_max, 1, 1'000'000),
      check_retries("timer_retries", options.timer_retries),
      check_range<std::size_t>("calls_in_flight_max", options.calls_in_flight_max, 1, 1'000'000),
      check_retries("call_retries", options.call_retries),
      check_range<std::int64_t>("drain_timeout (ms)", options.drain_timeout.count(), 1, hour_ms));
}

auto check(const runtime_options& options) -> result<void> {
  return first_failure(check(options.journal), check_limits(options));
}

} // namespace tusker
