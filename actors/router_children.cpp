#include <tusker/actors/router_actor.hpp>

#include <tusker/actors/aggregate_actor.hpp>

#include <caf/exit_reason.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <utility>

// Who a router knows, and the actors that it houses them in. What one leaves behind is used for the next one.

namespace tusker {

namespace {

/// Actors without an aggregate that are kept for the next one. Each holds the state of its last aggregate until then.
constexpr std::size_t spare_actors_max = 64;

/// What the router knew of aggregates that have left is kept for so many: for one that is new it would have to allocate
/// the same six times.
constexpr std::size_t spare_children_max = 64;

/// In nobody's name: who gets an exit message unlinks itself from the sender, for which CAF 0.17 walks all that the
/// sender has attached.
void end_actor(const aggregate_actor& leaving) {
  caf::anon_send_exit(leaving, caf::exit_reason::user_shutdown);
}

} // namespace

auto router_actor_state::find_or_add(const stream_id& stream) -> child* {
  if (auto found = children_.find(stream.name()); found != children_.end())
    return &found->second;
  if (children_.size() - in(phase::passivating).size() >= share_.live_max && !make_room())
    return nullptr;
  return &add(stream);
}

/// In the place of one that has left, where there is one. REQUIRES: it is not here.
auto router_actor_state::add(const stream_id& stream) -> child& {
  auto& idle = in(phase::idle);
  if (spare_children_.empty()) {
    auto& owner = children_[stream.name()];
    owner.stream = stream;
    owner.place = idle.insert(idle.end(), &owner);
    return owner;
  }
  auto spare = std::move(spare_children_.back());
  spare_children_.pop_back();
  auto& owner = spare.mapped();
  owner = {.stream = std::move(owner.stream), .under_way = {}, .place = owner.place};
  owner.stream = stream;
  spare.key() = stream.name();
  idle.splice(idle.end(), spare_places_, owner.place);
  return children_.insert(std::move(spare)).position->second;
}

auto router_actor_state::make_room() -> bool {
  if (in(phase::idle).empty())
    return false;
  passivate(*in(phase::idle).front());
  return true;
}

/// REQUIRES: in no phase's list, no actor, nothing under way.
void router_actor_state::remove(child& gone) {
  auto left = children_.extract(gone.stream.name());
  if (spare_children_.size() >= spare_children_max) {
    in(gone.now).erase(gone.place);
    return;
  }
  spare_places_.splice(spare_places_.end(), in(gone.now), gone.place);
  spare_children_.push_back(std::move(left));
}

/// One that has left its aggregate moves in with its command; a new one is spawned where there is none.
void router_actor_state::house(child& of) {
  of.host = spare_.empty() ? spawn_actor() : take_spare_actor();
  of.host->guest = &of;
  of.is_moving_in = true;
  node_->counters->count_live();
}

auto router_actor_state::spawn_actor() -> aggregate_host* {
  auto parent =
      router_entry{caf::actor_cast<inbox_owner>(caf::strong_actor_ptr(self_->ctrl())), share_.inbox};
  auto spawned = self_->spawn<caf::lazy_init>(make_aggregate_actor, node_, type_, std::move(parent));
  self_->monitor(spawned);
  auto id = spawned.id();
  return &hosts_.emplace(id, aggregate_host{std::move(spawned)}).first->second;
}

auto router_actor_state::take_spare_actor() -> aggregate_host* {
  auto* taken = spare_.back();
  spare_.pop_back();
  return taken;
}

/// Lets go of an aggregate's actor, which ends unless it has.
void router_actor_state::forget_actor(child& of) {
  if (of.host == nullptr)
    return;
  auto left = hosts_.extract(move_out(of)->actor.id());
  const auto& actor = left.mapped().actor;
  self_->demonitor(actor.address());
  end_actor(actor);
}

/// Keeps the actor of an aggregate that leaves for the next one, if there is room: to spawn an actor and to end it
/// costs as much as a command. REQUIRES: it has answered all that it was given.
void router_actor_state::spare_actor(child& of) {
  if (spare_.size() >= spare_actors_max)
    return forget_actor(of);
  if (of.host != nullptr)
    spare_.push_back(move_out(of));
}

auto router_actor_state::move_out(child& of) -> aggregate_host* {
  auto* left = std::exchange(of.host, nullptr);
  left->guest = nullptr;
  of.events_since_snapshot = 0;
  --node_->counters->live_aggregates;
  return left;
}

void router_actor_state::on_exit(const caf::exit_msg& exit) {
  for (auto& [stream, owner] : children_)
    forget_actor(owner);
  spare_.clear();
  for (const auto& [id, spare] : std::exchange(hosts_, {}))
    end_actor(spare.actor);
  self_->quit(exit.reason);
}

router_actor_state::~router_actor_state() {
  if (!node_)
    return;
  share_.inbox->close();
  // Without its router nobody can reach an aggregate, and the next router makes another.
  for (const auto& [id, left] : hosts_)
    end_actor(left.actor);
  node_->counters->live_aggregates -= hosts_.size() - spare_.size();
  node_->counters->recovering -= in(phase::recovering).size();
  node_->counters->passivating -= in(phase::passivating).size();
  node_->counters->commands_in_routers -= commands_;
  node_->counters->aggregates_at_work -= at_work_;
}

} // namespace tusker
