#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>

#include <caf/system_messages.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

namespace tusker {

/// Owns the subscribers of a node: starts one again that died, later each time that it dies without having stored
/// anything in between, and after some times not before it is resumed. One that dies harms nobody else. Who does what
/// operators want of dead commands and of streams is made when it is wanted first.
class delivery_supervisor_state {
public:
  using pointer = delivery_supervisor::stateful_pointer<delivery_supervisor_state>;

  void init(pointer self, std::shared_ptr<const node_context> context);
  void on_host(host_delivery& request);
  void on_down(const caf::down_msg& down);
  void on_restart(const restart_delivery& request);
  void on_steer(const steer_delivery& request);
  void on_crash(const crash_delivery& request);
  void on_steer_commands(const steer_dead_commands& request);
  void on_take_step(const take_stream_step& request);
  void on_exit(const caf::exit_msg& exit);

  static inline const char* name = "tusker.subscribers";

private:
  struct child {
    delivery_parts parts;
    delivery_actor actor = {};
    log_offset at_last_death = {};
    std::uint32_t deaths = 0; ///< In a row, without progress.
    /// Of the same name, when this one has ended.
    std::optional<delivery_parts> successor = {};
  };
  using place = std::map<std::string, child, std::less<>>::iterator;

  void spawn(child& of);
  void on_death(place at, const caf::error& reason);

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> context_;
  std::map<std::string, child, std::less<>> children_;
  std::minstd_rand lots_;
  dead_command_actor dead_commands_;
  stream_step_actor stream_steps_;
};

[[nodiscard]] auto make_delivery_supervisor(delivery_supervisor_state::pointer self,
                                            std::shared_ptr<const node_context> context)
    -> delivery_supervisor::behavior_type;

} // namespace tusker
