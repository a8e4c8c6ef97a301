#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/deadline_queue.hpp>
#include <tusker/actors/node_context.hpp>

#include <caf/system_messages.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace tusker {

/// The edge of a node: gives every caller exactly one answer, in time.
///
///   submit_command ─▶ under way ─┬─ command_answer ─▶ the caller's answer
///                                ├─ deadline ───────▶ timed_out (the command itself goes on)
///                                ├─ router died ────▶ aggregate_failed
///                                └─ shutdown ───────▶ stopped
class dispatcher_actor_state {
public:
  using pointer = dispatcher_actor::stateful_pointer<dispatcher_actor_state>;
  using router_map = std::map<std::string, router_actor>;

  void init(pointer self, std::shared_ptr<const node_context> node, router_map routers);
  void on_submit(submit_command& request);
  void on_answer(const command_answer& reply);
  void on_tick(const deadline_tick& tick);
  void on_abandon();
  void on_down(const caf::down_msg& down);

  static inline const char* name = "tusker.dispatcher";

private:
  struct open_command {
    std::shared_ptr<pending_state<receipt>> answer;
    const router_actor* router = nullptr;
    command_id id;
  };

  void refuse(const submit_command& request);
  void complete(ticket number, result<receipt> outcome);
  void fail_all(const router_actor* router, const error& why);
  void schedule_tick();
  [[nodiscard]] auto now() const -> deadline_queue::time_point;

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> node_;
  router_map routers_;
  std::unordered_map<std::uint64_t, open_command> open_;
  deadline_queue deadlines_;
  ticket last_ticket_;
  std::uint64_t tick_count_ = 0;
  std::optional<deadline_queue::time_point> next_tick_;
};

[[nodiscard]] auto make_dispatcher_actor(dispatcher_actor_state::pointer self,
                                         std::shared_ptr<const node_context> node,
                                         dispatcher_actor_state::router_map routers)
    -> dispatcher_actor::behavior_type;

} // namespace tusker
