#include <tusker/actors/delivery_host.hpp>

#include <tusker/actors/delivery_supervisor_actor.hpp>
#include <tusker/actors/followed_log.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/config/option_check.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/model/quoted_text.hpp>

#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/logger.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <thread>
#include <utility>

namespace tusker {

namespace {

auto check_options(const std::string& name, const subscriber_options& options) -> result<void> {
  using std::chrono::milliseconds;
  return first_failure(
      check_range<std::size_t>("consumers of " + name, options.consumers, 1, 64),
      check_range<milliseconds::rep>("handler_deadline (ms) of " + name, options.handler_deadline.count(), 1,
                                     milliseconds(std::chrono::hours(24)).count()),
      check_range<std::size_t>("left_behind_max of " + name, options.left_behind_max, 0, 64),
      check_range<std::size_t>("window_max of " + name, options.window_max, 1, 100'000),
      check_range<std::size_t>("parked_max of " + name, options.parked_max, 1, 1'000'000),
      check_range<std::size_t>("commit_every_messages of " + name, options.commit_every_messages, 1, 10'000),
      check_range<std::uint32_t>("retries.attempts_max of " + name, options.retries.attempts_max, 1,
                                 1'000'000));
}

auto not_running() -> error {
  return {runtime_errc::stopped, "no subscriber runs: the runtime has not started or was shut down"};
}

} // namespace

auto delivery_host::checked(const result<subscriber_type>& type, const subscriber_options& options) const
    -> result<void> {
  if (!type)
    return fail(type.error());
  if (subscribers_.find(type->name) != subscribers_.end())
    return fail(runtime_errc::duplicate_type, "there is a subscriber " + tusker::quoted(type->name));
  return check_options(type->name, options);
}

auto delivery_host::add(result<subscriber_type> type, const subscriber_options& options) -> result<void> {
  std::lock_guard lock(mutex_);
  if (auto good = checked(type, options); !good) {
    if (!fault_ && !positions_)
      fault_ = good.error();
    return good;
  }
  auto name = type->name;
  auto core = std::make_shared<subscriber_core>(name, type->topic);
  auto parts = delivery_parts{std::make_shared<const subscriber_type>(std::move(*type)), options, core};
  host(subscribers_.emplace(std::move(name), std::move(parts)).first->second);
  return {};
}

auto delivery_host::check() const -> result<void> {
  std::lock_guard lock(mutex_);
  if (fault_)
    return fail(*fault_);
  return {};
}

void delivery_host::host(const delivery_parts& parts) {
  if (!supervisor_)
    return;
  parts.core->set_phase(subscriber_phase::catching_up);
  caf::anon_send(supervisor_, host_delivery{parts});
}

void delivery_host::start(caf::actor_system& system, const std::shared_ptr<const node_context>& context) {
  std::lock_guard lock(mutex_);
  positions_ = context->positions;
  supervisor_ = system.spawn(make_delivery_supervisor, context);
  caf::logger::set_current_actor_system(nullptr); // as in `runtime_core::spawn_actors`
  for (const auto& [name, parts] : subscribers_)
    host(parts);
}

void delivery_host::end(std::chrono::milliseconds timeout) {
  std::vector<pending<std::uint64_t>> ended;
  {
    std::lock_guard lock(mutex_);
    if (!supervisor_)
      return;
    for (const auto& [name, parts] : subscribers_) {
      auto state = std::make_shared<pending_state<std::uint64_t>>();
      auto answer = std::make_shared<delivery_answer>(state);
      caf::anon_send(supervisor_, steer_delivery{name, steer_delivery::wish::end, {}, {}, std::move(answer)});
      ended.emplace_back(std::move(state));
    }
  }
  auto until = std::chrono::steady_clock::now() + timeout;
  for (const auto& each : ended)
    if (!each.wait_until(until))
      return;
}

void delivery_host::stop() {
  std::lock_guard lock(mutex_);
  if (auto supervisor = std::exchange(supervisor_, nullptr))
    caf::anon_send_exit(supervisor, caf::exit_reason::user_shutdown);
}

auto delivery_host::unknown(std::string_view name) const -> error {
  std::vector<std::string> known;
  known.reserve(subscribers_.size());
  for (const auto& [each, parts] : subscribers_)
    known.push_back(each);
  return {runtime_errc::unknown_subscriber,
          "there is no subscriber " + tusker::quoted(name) + name_hint(name, known)};
}

auto delivery_host::status(std::string_view name) const -> result<subscriber_status> {
  std::lock_guard lock(mutex_);
  auto found = subscribers_.find(name);
  if (found == subscribers_.end())
    return fail(unknown(name));
  return found->second.core->status(positions_ ? positions_->head(followed_log) : before_all_events);
}

auto delivery_host::statuses() const -> std::vector<subscriber_status> {
  std::lock_guard lock(mutex_);
  auto head = positions_ ? positions_->head(followed_log) : before_all_events;
  std::vector<subscriber_status> all;
  all.reserve(subscribers_.size());
  for (const auto& [name, parts] : subscribers_)
    all.push_back(parts.core->status(head));
  return all;
}

auto delivery_host::steer(std::string_view name, steer_delivery wanted) -> pending<std::uint64_t> {
  auto state = std::make_shared<pending_state<std::uint64_t>>();
  std::lock_guard lock(mutex_);
  if (subscribers_.find(name) == subscribers_.end()) {
    (void)state->complete(fail(unknown(name)));
  } else if (!supervisor_) {
    (void)state->complete(fail(not_running()));
  } else {
    wanted.subscriber = name;
    wanted.answer = std::make_shared<delivery_answer>(state);
    caf::anon_send(supervisor_, std::move(wanted));
  }
  return pending<std::uint64_t>(std::move(state));
}

auto delivery_host::steer(steer_dead_commands wanted) -> pending<std::uint64_t> {
  auto state = std::make_shared<pending_state<std::uint64_t>>();
  std::lock_guard lock(mutex_);
  if (!supervisor_) {
    (void)state->complete(fail(not_running()));
  } else {
    wanted.answer = std::make_shared<delivery_answer>(state);
    caf::anon_send(supervisor_, std::move(wanted));
  }
  return pending<std::uint64_t>(std::move(state));
}

auto delivery_host::take(stream_step step) -> pending<stream_step_outcome> {
  auto state = std::make_shared<pending_state<stream_step_outcome>>();
  auto answer = std::make_shared<wish_answer<stream_step_outcome>>(state);
  std::lock_guard lock(mutex_);
  if (supervisor_)
    caf::anon_send(supervisor_, take_stream_step{std::move(step), std::move(answer)});
  else
    answer->complete(
        fail(runtime_errc::stopped, "no stream is changed: the runtime has not started or was shut down"));
  return pending<stream_step_outcome>(std::move(state));
}

auto delivery_host::remove(std::string_view name) -> pending<std::uint64_t> {
  auto removed = steer(name, {{}, steer_delivery::wish::remove, {}, {}, {}});
  std::lock_guard lock(mutex_);
  if (auto found = subscribers_.find(name); found != subscribers_.end() && supervisor_)
    subscribers_.erase(found);
  return removed;
}

void delivery_host::crash(const crash_delivery& request) {
  std::lock_guard lock(mutex_);
  caf::anon_send(supervisor_, request);
}

} // namespace tusker
