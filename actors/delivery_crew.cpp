#include <tusker/actors/delivery_crew.hpp>

#include <tusker/actors/delivery_worker_actor.hpp>
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

namespace {

auto handled(ticket number, std::optional<delivery_outcome> outcome) -> std::optional<message_handled> {
  if (!outcome)
    return std::nullopt;
  return message_handled{number, std::move(*outcome)};
}

} // namespace

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
  auto& made = workers_[slot];
  made.number = {};
  if (parts_.type->route) {
    made.route.emplace(context_, parts_.type, self_->address());
    return;
  }
  // A handler may block, so it has a thread of its own.
  made.actor = spawn_apart(context_->has_threads, self_->system(), make_delivery_worker, parts_.type,
                           self_->address());
  self_->monitor(made.actor);
}

auto delivery_crew::has_idle() const -> bool {
  return std::any_of(workers_.begin(), workers_.end(),
                     [](const worker& each) { return each.number == ticket(); });
}

auto delivery_crew::begin(job work, delivery_attempt attempt) -> std::optional<message_handled> {
  auto idle = std::find_if(workers_.begin(), workers_.end(),
                           [](const worker& each) { return each.number == ticket(); });
  last_ticket_ = last_ticket_.next();
  idle->number = last_ticket_;
  auto slot = static_cast<std::size_t>(idle - workers_.begin());
  deadlines_.add(last_ticket_, self_->clock().now() + parts_.options.handler_deadline);
  auto message = work.message;
  jobs_.emplace(last_ticket_.value(), open_job{std::move(work), slot});
  if (idle->route)
    return handled(last_ticket_, idle->route->begin(last_ticket_, *message));
  caf::anon_send(idle->actor, handle_message{last_ticket_, std::move(message), std::move(attempt)});
  return std::nullopt;
}

auto delivery_crew::route_of(ticket number) -> message_route* {
  auto open = jobs_.find(number.value());
  if (open == jobs_.end())
    return nullptr;
  auto& route = workers_[open->second.worker].route;
  return route ? &*route : nullptr;
}

auto delivery_crew::on_routed(const message_routed& news) -> std::optional<message_handled> {
  auto* route = route_of(news.number);
  return route != nullptr ? handled(news.number, route->on_routed(news)) : std::nullopt;
}

auto delivery_crew::on_again(const route_again& request) -> std::optional<message_handled> {
  auto* route = route_of(request.number);
  return route != nullptr ? handled(request.number, route->on_again(request)) : std::nullopt;
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
    auto open = jobs_.extract(number.value());
    replace(open.mapped().worker, number);
    late.push_back(std::move(open.mapped().work));
  }
  return late;
}

/// Of a worker that is late: somebody else takes its place.
void delivery_crew::replace(std::size_t slot, ticket late) {
  if (!workers_[slot].route)
    left_behind_.emplace(late.value(), workers_[slot].actor);
  spawn(slot);
}

auto delivery_crew::is_exhausted() const -> bool {
  return left_behind_.size() > parts_.options.left_behind_max;
}

void delivery_crew::crash(std::size_t slot) {
  if (const auto& dying = workers_.at(slot).actor)
    caf::anon_send(dying, crash_delivery{parts_.type->name, crash_delivery::part::worker, slot});
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
