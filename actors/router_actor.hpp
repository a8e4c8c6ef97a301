#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/config/aggregate_options.hpp>
#include <tusker/model/aggregate_instance.hpp>

#include <caf/fwd.hpp>
#include <caf/system_messages.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tusker {

/// Aggregates of one type, all of them or a share: finds the actor of a key, spawns it when it is not there, and keeps
/// every command until its answer has come back, so that nobody waits for an actor that died.
///
///   route_command ─▶ inbox ─▶ router ─ execute_command ─▶ aggregate
///   command_book ◀─────────── router ◀─ inbox ◀─ command_answer ┘
///
/// The life of an aggregate, as its router sees it:
///
///   (new) ─▶ waiting for a permit ─▶ recovering ─ has read ─▶ busy ⇄ idle ─▶ passivating ─▶ (gone)
///                   ▲                    │                          │
///                   ├─ cooling ◀─ crash ─┴──────────────────────────┤
///                   └─ stalled ◀─ the journal was lost ─────────────┘
///
/// Commands that come for an aggregate wait here in every phase but busy, where one is with it. When an aggregate
/// crashes, the command it was working on is answered `aggregate_failed`, and those behind it go to its successor,
/// later and later if that crashes too. When the journal is lost, the command stays first and is carried to a fresh
/// actor once there is a journal again: its command id makes sure that it has its effect once.
class router_actor_state {
public:
  using pointer = router_actor::stateful_pointer<router_actor_state>;

  /// What share of a node's limits a router has, and which journal.
  struct settings {
    std::size_t live_max = 1;
    std::size_t recoveries_max = 1;
    journal_link journal;
    std::shared_ptr<router_inbox> inbox;
  };

  router_actor_state() = default;
  router_actor_state(const router_actor_state&) = delete;
  auto operator=(const router_actor_state&) -> router_actor_state& = delete;
  /// Ends its aggregates and takes what it had under way out of the node's counts, also when it crashed.
  ~router_actor_state();

  void init(pointer self, std::shared_ptr<const node_context> node,
            std::shared_ptr<const aggregate_type> type, settings share);
  void on_look();
  void on_journal_changed(const journal_changed& news);
  void on_journal_gone(const journal_gone& news);
  void on_idle_tick();
  void on_retry(const retry_aggregate& request);
  void on_down(const caf::down_msg& down);
  void on_exit(const caf::exit_msg& exit);
  /// Before what asks for the time when it was taken up.
  void note_time();
  /// After what may have changed it: how many aggregates are at work. Each of them comes to the journal with a step, or
  /// answers without one.
  void note_at_work();

  static inline const char* name = "tusker.router";

private:
  enum class phase { waiting, recovering, busy, idle, passivating, cooling, stalled };
  static constexpr std::size_t phases = 7;

  /// A command that was taken and not answered yet: the first of its aggregate is with it, the others wait.
  struct waiting_command {
    ticket number;
    route_command request;
    std::size_t deliveries = 0;
  };

  struct child;
  /// An actor, which is monitored, and whom it serves: null while it waits for an aggregate.
  struct aggregate_host {
    aggregate_actor actor;
    child* guest = nullptr;
  };

  struct child {
    stream_id stream;
    phase now = phase::idle;
    aggregate_host* host = nullptr;       ///< Null while it has no actor.
    std::list<waiting_command> under_way; ///< No deque: an empty one takes 600 bytes, and most are empty.
    std::list<child*>::iterator place;    ///< In the list of its phase, where it moves from one to the other.
    std::chrono::steady_clock::time_point idle_since{};
    std::uint64_t events_since_snapshot = 0;
    bool is_moving_in = false;     ///< Its actor has had no command of it.
    std::uint32_t crashes = 0;     ///< In a row, with no answer in between.
    std::uint64_t retry_count = 0; ///< Tells the retry of now from those that are out of date.
  };

  void on_route(route_command& request);
  void on_answer(command_answer& reply);
  void on_recovered(const aggregate_recovered& report);
  void refuse(const route_command& request, std::string_view limit, std::size_t most);
  [[nodiscard]] auto find_or_add(const stream_id& stream) -> child*;
  [[nodiscard]] auto add(const stream_id& stream) -> child&;
  void begin(child& of);
  void begin_waiting();
  void house(child& of);
  [[nodiscard]] auto spawn_actor() -> aggregate_host*;
  [[nodiscard]] auto take_spare_actor() -> aggregate_host*;
  [[nodiscard]] auto guest_of(caf::actor_id actor, ticket number) const -> child*;
  void send_first(child& to);
  void finish_first(child& of, result<receipt>&& outcome);
  void answer_for(const waiting_command& done, result<receipt>&& outcome);
  void shed(child& cooling);
  void return_to_life(child& wanted);
  void finish_all(child& of, const error& why);
  void go_on(child& of);
  void become_idle(child& now_idle);
  void retry_without_journal(child& of, const error& why);
  void stall(child& of);
  [[nodiscard]] auto take_stalled() -> std::vector<child*>;
  void lose_journal();
  void passivate(child& leaving);
  void on_crash(child& dead, const std::string& reason);
  [[nodiscard]] auto in(phase which) -> std::list<child*>&;
  void enter(child& of, phase next);
  void leave_phase(child& of);
  void forget_actor(child& of);
  void spare_actor(child& of);
  [[nodiscard]] auto move_out(child& of) -> aggregate_host*;
  void remove(child& gone);
  void schedule_idle_tick();
  [[nodiscard]] auto make_room() -> bool;
  [[nodiscard]] auto now() const -> std::chrono::steady_clock::time_point;

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> node_;
  std::shared_ptr<const aggregate_type> type_;
  aggregate_options kept_;
  settings share_;
  std::vector<router_item> taken_; ///< Out of the inbox.
  std::optional<error> journal_gone_;
  std::unordered_map<std::string, child> children_; ///< By stream.
  /// Of aggregates that have left, for the next ones: all that is allocated for one.
  std::vector<decltype(children_)::node_type> spare_children_;
  /// All of them; who has waited longest, or been idle longest, in front.
  std::array<std::list<child*>, phases> by_phase_;
  std::list<child*> spare_places_; ///< Of `spare_children_`.
  /// They stay where they are as long as their actor does.
  std::unordered_map<caf::actor_id, aggregate_host> hosts_;
  std::vector<aggregate_host*> spare_; ///< Without a guest.
  std::size_t commands_ = 0;           ///< Under way, with all aggregates.
  std::size_t at_work_ = 0;            ///< Of the aggregates, as was noted last.
  ticket last_ticket_;
  /// When the handler began that is at work: many answers come to one look, and the clock is read once for all.
  std::chrono::steady_clock::time_point looked_at_{};
  bool is_tick_scheduled_ = false;
  std::minstd_rand lots_; ///< For delays; reproducible, and different in each router of a node.
};

[[nodiscard]] auto make_router_actor(router_actor_state::pointer self,
                                     std::shared_ptr<const node_context> node,
                                     std::shared_ptr<const aggregate_type> type,
                                     router_actor_state::settings share) -> router_actor::behavior_type;

} // namespace tusker
