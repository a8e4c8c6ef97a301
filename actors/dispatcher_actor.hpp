#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/admission_limit.hpp>
#include <tusker/actors/deadline_queue.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/tick_schedule.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace tusker {

/// The edge of a node: gives every caller exactly one answer, in time.
///
///   submit_command ─▶ under way ─┬─ command_answer ─▶ the caller's answer
///                                ├─ deadline ───────▶ timed_out (the command itself goes on)
///                                ├─ router died ────▶ sent again, under its id, when there is a new one
///                                └─ the node ends ──▶ stopped, or why it gave up
///
/// It also measures how long answers take, and lets fewer commands into the node when they take too long.
class dispatcher_actor_state {
public:
  using pointer = dispatcher_actor::stateful_pointer<dispatcher_actor_state>;
  using router_map = std::map<std::string, std::vector<router_actor>>;

  void init(pointer self, std::shared_ptr<const node_context> node, router_map routers);
  void on_submit(submit_command& request);
  void on_answer(const command_answer& reply);
  void on_tick(const deadline_tick& tick);
  void on_router_changed(const router_changed& news);
  void on_abandon(const abandon_all& request);

  static inline const char* name = "tusker.dispatcher";

private:
  struct open_command {
    std::shared_ptr<open_answer> answer;
    shared_command command;
    std::size_t router = 0; ///< Which of its type's.
    deadline_queue::time_point begun;
    std::size_t redeliveries = 0; ///< To routers that followed one that died.
  };

  void send_to_router(ticket number, const open_command& open);
  void complete(ticket number, result<receipt> outcome);
  void measure(std::chrono::steady_clock::duration took);
  [[nodiscard]] auto tickets_of(const node_part* part) const -> std::vector<ticket>;
  void schedule_tick();
  [[nodiscard]] auto now() const -> deadline_queue::time_point;

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> node_;
  router_map routers_;
  std::unordered_map<std::uint64_t, open_command> open_;
  /// When commands were begun that timed out and still have an answer to come.
  std::unordered_map<std::uint64_t, deadline_queue::time_point> overdue_;
  deadline_queue deadlines_;
  ticket last_ticket_;
  tick_schedule ticks_;
  std::optional<error> abandoned_;
  std::optional<admission_limit> admission_;
};

[[nodiscard]] auto make_dispatcher_actor(dispatcher_actor_state::pointer self,
                                         std::shared_ptr<const node_context> node,
                                         dispatcher_actor_state::router_map routers)
    -> dispatcher_actor::behavior_type;

} // namespace tusker
