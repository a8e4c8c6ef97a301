#include <tusker/actors/delivery_crew.hpp>

#include <tusker/actors/delivery_worker_actor.hpp>
#include <tusker/actors/routing_worker_actor.hpp>
#include <tusker/actors/spawn_apart.hpp>

#include <caf/actor_clock.hpp>
#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/scheduled_actor.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

void delivery_crew::init(caf::scheduled_actor* self, std::shared_ptr<const node_context> context,
                         delivery_parts parts) {
  self_ = self;
  context_ = std::move(context);
  parts_ = std::move(parts);
  workers_.resize(parts_.options.consumers);
  for (std::size_t slot = 0; slot < workers_.size(); ++slot)
    spawn(slot);
}

void delivery_crew::spawn(std::size_t slot) {
  auto& system = self_->system();
  auto subscriber = self_->address();
  auto& made = workers_[slot];
  // A handler may block, so it has a thread of its own.
  if (parts_.type->route)
    made.actor = system.spawn(make_routing_worker, context_, parts_.type, subscriber);
  else
    made.actor = spawn_apart(context_->has_threads, system, make_delivery_worker, parts_.type, subscriber);
  made.number = {};
  self_->monitor(made.actor);
}

auto delivery_crew::has_idle() const -> bool {
  return std::any_of(workers_.begin(), workers_.end(),
                     [](const worker& each) { return each.number == ticket(); });
}

void delivery_crew::begin(job work, delivery_attempt attempt) {
  auto idle = std::find_if(workers_.begin(), workers_.end(),
                           [](const worker& each) { return each.number == ticket(); });
  last_ticket_ = last_ticket_.next();
  idle->number = last_ticket_;
  auto slot = static_cast<std::size_t>(idle - workers_.begin());
  deadlines_.add(last_ticket_, self_->clock().now() + parts_.options.handler_deadline);
  caf::anon_send(idle->actor, handle_message{last_ticket_, work.message, std::move(attempt)});
  jobs_.emplace(last_ticket_.value(), open_job{std::move(work), slot});
}

auto delivery_crew::release(ticket number) -> std::optional<job> {
  auto found = jobs_.extract(number.value());
  if (!found)
    return std::nullopt;
  deadlines_.remove(number);
  workers_[found.mapped().worker].number = {};
  return std::move(found.mapped().work);
}

auto delivery_crew::on_handled(const message_handled& news) -> std::optional<job> {
  auto done = release(news.number);
  if (done)
    return done;
  if (auto late = left_behind_.extract(news.number.value()))
    caf::anon_send_exit(late.mapped(), caf::exit_reason::user_shutdown);
  return std::nullopt;
}

auto delivery_crew::on_down(const caf::down_msg& down) -> std::optional<job> {
  auto is_it = [&](const delivery_worker& each) { return each && each.address() == down.source; };
  auto found =
      std::find_if(workers_.begin(), workers_.end(), [&](const worker& each) { return is_it(each.actor); });
  if (found == workers_.end()) {
    std::erase_if(left_behind_, [&](const auto& each) { return is_it(each.second); });
    return std::nullopt;
  }
  auto had = release(found->number);
  spawn(static_cast<std::size_t>(found - workers_.begin()));
  return had;
}

auto delivery_crew::take_late() -> std::vector<job> {
  std::vector<job> late;
  for (auto number : deadlines_.take_due(self_->clock().now())) {
    auto slot = jobs_.at(number.value()).worker;
    left_behind_.emplace(number.value(), workers_[slot].actor);
    late.push_back(std::move(jobs_.extract(number.value()).mapped().work));
    spawn(slot);
  }
  return late;
}

auto delivery_crew::is_exhausted() const -> bool {
  return left_behind_.size() > parts_.options.left_behind_max;
}

void delivery_crew::crash(std::size_t slot) {
  caf::anon_send(workers_.at(slot).actor,
                 crash_delivery{parts_.type->name, crash_delivery::part::worker, slot});
}

void delivery_crew::end() {
  for (const auto& each : workers_)
    if (each.actor)
      caf::anon_send_exit(each.actor, caf::exit_reason::user_shutdown);
  for (const auto& [number, each] : left_behind_)
    caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
  workers_.clear();
  left_behind_.clear();
  jobs_.clear();
  deadlines_ = {};
}

} // namespace tusker
