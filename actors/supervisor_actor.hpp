#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_blueprint.hpp>
#include <tusker/actors/restart_budget.hpp>

#include <caf/actor_addr.hpp>
#include <caf/system_messages.hpp>

#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace tusker {

/// Starts the parts of a node again when they die, later each time, and gives the node up when that happens too often.
///
///   part ─ dies ─▶ (waits) ─▶ started again ─▶ the others are told
///          └─ too often, or the journal cannot be opened again ─▶ the node gives up: everybody is answered why
///
/// What becomes of what a part was working on:
///
/// | part       | its work                       | who has it meanwhile, and what happens to it                       |
/// |------------|--------------------------------|--------------------------------------------------------------------|
/// | aggregate  | one command                    | its router: answered `aggregate_failed`; those behind it go on     |
/// | router     | commands, aggregates           | the dispatcher: sent again under their ids; the aggregates end     |
/// | journal    | a batch whose outcome is open  | the routers: carried to the aggregates again under their ids       |
/// | dispatcher | callers and their deadlines    | nobody: each caller is answered `aggregate_failed` (`open_answer`) |
class supervisor_actor_state {
public:
  using pointer = supervisor_actor::stateful_pointer<supervisor_actor_state>;

  /// The parts that run when the supervisor begins.
  struct parts {
    journal_link journal;
    node_blueprint::router_map routers;
    dispatcher_actor dispatcher;
  };

  void init(pointer self, node_blueprint blueprint, parts running);
  void on_down(const caf::down_msg& down);
  void on_restart(const restart_part& request);
  void on_journal_ready(const journal_ready& ready);
  void on_crash(const crash_part& request);
  void on_exit(const caf::exit_msg& exit);

  static inline const char* name = "tusker.supervisor";

private:
  [[nodiscard]] auto new_budget() const -> restart_budget;
  [[nodiscard]] auto part_of(const caf::actor_addr& address) const -> std::optional<node_part>;
  void schedule_restart(const node_part& part, const std::string& reason);
  void restart_journal();
  void restart_router(const node_part& part);
  void restart_dispatcher();
  void tell_routers_of_journal();
  void give_up(const error& why);

  pointer self_ = nullptr;
  node_blueprint blueprint_;
  parts parts_;
  std::optional<restart_budget> budget_;
  std::minstd_rand lots_;
  bool is_journal_ready_ = true;
  bool has_given_up_ = false;
};

[[nodiscard]] auto make_supervisor_actor(supervisor_actor_state::pointer self, node_blueprint blueprint,
                                         supervisor_actor_state::parts running)
    -> supervisor_actor::behavior_type;

} // namespace tusker
