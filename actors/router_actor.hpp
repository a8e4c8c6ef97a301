#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/model/aggregate_instance.hpp>

#include <caf/actor_addr.hpp>
#include <caf/system_messages.hpp>

#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tusker {

/// All aggregates of one type: finds the actor of a key, spawns it when it is not there, and keeps every command
/// until its answer has come back, so that nobody waits for an actor that died.
///
///   route_command ─▶ router ─ execute_command ─▶ aggregate
///   command_answer ◀─ router ◀─ command_answer ──┘
///
/// An aggregate without commands under way may be stopped at any time without loss; the one that was idle longest
/// is when there are too many. When an aggregate dies, the command it was working on is answered
/// `aggregate_failed`, and those that waited behind it go to its successor.
class router_actor_state {
public:
  using pointer = router_actor::stateful_pointer<router_actor_state>;

  void init(pointer self, std::shared_ptr<const node_context> node,
            std::shared_ptr<const aggregate_type> type, journal_actor journal);
  void on_route(route_command& request);
  void on_answer(command_answer& reply);
  void on_down(const caf::down_msg& down);
  void on_exit(const caf::exit_msg& exit);

  static inline const char* name = "tusker.router";

private:
  /// A command that was taken and not answered yet: the first of its aggregate is with it, the others wait.
  struct waiting_command {
    ticket number;
    route_command request;
  };

  struct child {
    std::string stream;
    aggregate_actor actor;
    std::deque<waiting_command> under_way;
    std::list<child*>::iterator idle_place;
  };

  void refuse(const route_command& request, std::string_view limit, std::size_t most);
  [[nodiscard]] auto find_or_spawn(const std::string& stream) -> child*;
  void spawn_actor(child& owner);
  void forward(child& to, route_command&& request);
  void send_first(const child& to);
  void finish_first(child& of, result<receipt> outcome);
  void stop_longest_idle();
  void remove(child& gone);

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> node_;
  std::shared_ptr<const aggregate_type> type_;
  journal_actor journal_;
  std::unordered_map<std::string, child> children_; ///< By stream.
  std::list<child*> idle_; ///< With no command under way, the one idle longest in front.
  std::unordered_map<caf::actor_addr, child*> by_address_;
  std::unordered_map<std::uint64_t, child*> by_ticket_;
  ticket last_ticket_;
};

[[nodiscard]] auto make_router_actor(router_actor_state::pointer self,
                                     std::shared_ptr<const node_context> node,
                                     std::shared_ptr<const aggregate_type> type, journal_actor journal)
    -> router_actor::behavior_type;

} // namespace tusker
