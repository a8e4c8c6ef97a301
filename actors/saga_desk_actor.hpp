#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/deadline_queue.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/tick_schedule.hpp>

#include <memory>

namespace tusker {

/// Gives those who wait for the end of sagas their answers, and tells them when their time is over. All that it knows
/// is on the saga board, so another one goes on where it died; who waits then waits for a whole timeout anew.
class saga_desk_state {
public:
  using pointer = saga_desk::stateful_pointer<saga_desk_state>;

  saga_desk_state() = default;
  saga_desk_state(const saga_desk_state&) = delete;
  auto operator=(const saga_desk_state&) -> saga_desk_state& = delete;
  ~saga_desk_state();

  void init(pointer self, std::shared_ptr<const node_context> node);
  void on_look(const look_at_sagas& request);

  static inline const char* name = "tusker.sagas";

private:
  pointer self_ = nullptr;
  std::shared_ptr<const node_context> node_;
  deadline_queue deadlines_;
  tick_schedule ticks_;
};

[[nodiscard]] auto make_saga_desk(saga_desk_state::pointer self, std::shared_ptr<const node_context> node)
    -> saga_desk::behavior_type;

} // namespace tusker
