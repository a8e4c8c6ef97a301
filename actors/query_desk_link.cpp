#include <tusker/actors/query_desk_link.hpp>

#include <tusker/actors/query_desk_actor.hpp>

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/logger.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <utility>

namespace tusker {

void query_desk_link::start(caf::actor_system& system, std::shared_ptr<const node_context> context) {
  std::lock_guard lock(mutex_);
  context_ = std::move(context);
  spawn(system);
  caf::logger::set_current_actor_system(nullptr); // as in `runtime_core::spawn_actors`
}

/// REQUIRES: the lock is held.
void query_desk_link::spawn(caf::actor_system& system) {
  desk_ = system.spawn(make_query_desk, context_);
  auto* watched = caf::actor_cast<caf::abstract_actor*>(desk_);
  watched->attach_functor([link = weak_from_this(), &system](const caf::error& reason) {
    auto known = link.lock();
    if (known && reason != caf::exit_reason::user_shutdown)
      known->on_death(system);
  });
}

/// What the desk had is answered by its own end; whoever asks next finds another one.
void query_desk_link::on_death(caf::actor_system& system) {
  std::lock_guard lock(mutex_);
  desk_ = nullptr;
  if (!is_closed_ && ++deaths_ <= deaths_max)
    spawn(system);
}

auto query_desk_link::submit(submit_query request) -> bool {
  std::lock_guard lock(mutex_);
  if (!desk_)
    return false;
  caf::anon_send(desk_, std::move(request));
  return true;
}

void query_desk_link::crash(const crash_query_part& request) {
  std::lock_guard lock(mutex_);
  if (desk_)
    caf::anon_send(desk_, request);
}

void query_desk_link::close() {
  std::lock_guard lock(mutex_);
  is_closed_ = true;
  context_.reset();
  if (auto desk = std::exchange(desk_, nullptr))
    caf::anon_send_exit(desk, caf::exit_reason::user_shutdown);
}

} // namespace tusker
