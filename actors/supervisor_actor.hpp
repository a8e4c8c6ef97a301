#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_blueprint.hpp>
#include <tusker/actors/restart_budget.hpp>
#include <tusker/config/log_record.hpp>

#include <caf/actor_addr.hpp>
#include <caf/system_messages.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace tusker {

/// Starts the parts of a node again when they die, later each time, and gives the node up when that happens too often.
///
///   part ─ dies ─▶ (waits) ─▶ started again ─▶ the others are told
///          └─ too often, or the journal is away for too long ─▶ the node gives up: everybody is answered why
///
/// Each part has its own count of restarts; a journal that cannot be opened again is tried again for a time instead.
/// What the supervisor throws, or its own death, is the end of the node as well.
///
/// What becomes of what a part was working on:
///
/// | part       | its work                       | who has it meanwhile, and what happens to it                       |
/// |------------|--------------------------------|--------------------------------------------------------------------|
/// | aggregate  | one command                    | its router: answered `aggregate_failed`; those behind it go on     |
/// | router     | commands, aggregates           | the command book: sent again under their ids; the aggregates end   |
/// | journal    | a batch whose outcome is open  | the routers: carried to the aggregates again under their ids       |
/// | dispatcher | the time of deadlines          | the command book: those that passed meanwhile are answered then    |
/// | publisher  | messages and their deadlines   | the gate: taken up by the next one under their ids                 |
/// | outbox     | pages of outbox entries        | the journal: all outboxes are looked at again                      |
/// | timers     | timers that are due            | the journal: fired again; only one finds the timer still there     |
/// | calls      | calls of sagas                 | the journal: found in the outboxes, and sent again under their ids |
/// | desk       | those who wait for sagas       | the saga board: they wait on                                       |
class supervisor_actor_state {
public:
  using pointer = supervisor_actor::stateful_pointer<supervisor_actor_state>;

  /// The parts that run when the supervisor begins.
  struct parts {
    journal_link journal;
    command_book::router_map routers;
    dispatcher_actor dispatcher;
    publisher_actor publisher;
    outbox_actor outbox;
    timer_actor timers;
    saga_caller calls;
    saga_desk desk;
  };

  supervisor_actor_state() = default;
  supervisor_actor_state(const supervisor_actor_state&) = delete;
  auto operator=(const supervisor_actor_state&) -> supervisor_actor_state& = delete;
  ~supervisor_actor_state();

  void init(pointer self, node_blueprint blueprint, parts running);
  void on_down(const caf::down_msg& down);
  void on_restart(const restart_part& request);
  void on_journal_ready(const journal_ready& ready);
  void on_crash(const crash_part& request);
  void on_look_at_storage();
  void on_exit(const caf::exit_msg& exit);
  /// Takes no more commands and answers everybody with `why`.
  void give_up(const error& why);

  static inline const char* name = "tusker.supervisor";

private:
  [[nodiscard]] auto delays() const -> retry_policy;
  [[nodiscard]] auto part_of(const caf::actor_addr& address) const -> std::optional<node_part>;
  void schedule_restart(const node_part& part, const std::string& reason);
  void on_down_in_the_end(const node_part& part);
  void on_journal_down(const node_part& part, const std::string& reason);
  [[nodiscard]] auto draw_lot() -> double;
  void end_parts();
  void restart_journal();
  void restart_router(const node_part& part);
  void restart_dispatcher();
  void restart_publisher();
  void restart_outbox();
  void restart_timers();
  void restart_calls();
  void restart_desk();
  void tell_of_journal();
  /// To whoever keeps a log.
  void tell_of(const node_part& part, log_level level, std::string what, std::vector<log_field> fields) const;

  pointer self_ = nullptr;
  node_blueprint blueprint_;
  parts parts_;
  std::map<std::string, restart_budget> budgets_; ///< By the part's name.
  std::minstd_rand lots_;
  bool is_journal_ready_ = true;
  std::chrono::steady_clock::time_point journal_lost_at_{};
  std::uint32_t reopens_failed_ = 0; ///< In a row.
  bool has_given_up_ = false;
};

/// Nothing more is taken, and whoever keeps a log is told why: by the supervisor, or by who finds it dead.
void close_node(const node_context& node, const error& why);

[[nodiscard]] auto make_supervisor_actor(supervisor_actor_state::pointer self, node_blueprint blueprint,
                                         supervisor_actor_state::parts running)
    -> supervisor_actor::behavior_type;

} // namespace tusker
