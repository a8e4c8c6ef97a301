#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/projection_actor.hpp>

#include <caf/system_messages.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace tusker {

/// Owns the projections of a node: starts one again that died, later each time that it dies without having committed
/// anything in between, and after some times not before it is resumed. A projection that dies harms nobody else.
class projection_supervisor_state {
public:
  using pointer = projection_supervisor::stateful_pointer<projection_supervisor_state>;
  using settings = std::vector<projection_actor_state::settings>;

  void init(pointer self, std::shared_ptr<const node_context> context, settings projections);
  void on_down(const caf::down_msg& down);
  void on_restart(const restart_projection& request);
  void on_steer(const steer_projection& request);
  void on_crash(const crash_projection& request);
  void on_exit(const caf::exit_msg& exit);

  static inline const char* name = "tusker.projections";

private:
  struct child {
    projection_actor_state::settings made_of;
    projection_actor actor = {};
    std::pair<log_offset, log_offset> at_last_death = {};
    std::uint32_t deaths = 0; ///< In a row, without progress.
  };

  void spawn(child& of);
  void on_death(child& of, const std::string& reason);

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> context_;
  std::map<std::string, child, std::less<>> children_;
  std::minstd_rand lots_;
};

[[nodiscard]] auto make_projection_supervisor(projection_supervisor_state::pointer self,
                                              std::shared_ptr<const node_context> context,
                                              projection_supervisor_state::settings projections)
    -> projection_supervisor::behavior_type;

} // namespace tusker
