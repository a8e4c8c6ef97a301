#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/command_bus.hpp>
#include <tusker/actors/deadline_queue.hpp>
#include <tusker/actors/due_timers.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/steady_append.hpp>
#include <tusker/actors/tick_schedule.hpp>
#include <tusker/model/command_id.hpp>
#include <tusker/model/failed_attempt.hpp>
#include <tusker/model/timestamp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <utility>
#include <vector>

namespace tusker {

/// Fires the timers of a node: brings each that is due to its owner, as a command like any other.
///
///   due_timers ─▶ in flight ─ command_book … aggregate ─▶ its commit takes the timer along
///                    ├─ receipt, rejection, timer_gone ─▶ landed
///                    ├─ its command id is taken ────────▶ again at once, under a fresh id
///                    ├─ overloaded, timed out, journal ─▶ again later, for as long as it takes
///                    └─ anything else ──────────────────▶ again later, by `timer_retries`; then buried: one commit
///                                                         takes it out of the table and makes it a dead letter
///
/// It may send a timer's command any number of times, and may die at any time: the commit of the command has its effect
/// only if it finds the timer just as it was read here (`append_item::fires`), and so has that of the dead letter. So
/// nothing is kept but what is in flight, `timers_in_flight_max` at most; what is due beyond that waits in the journal.
/// A timer whose dead letter the journal refuses stays where it is, and is tried again by the next actor;
/// `timer_failures` says why.
class timer_actor_state {
public:
  using pointer = timer_actor::stateful_pointer<timer_actor_state>;

  struct settings {
    std::shared_ptr<const command_bus> bus;
  };

  timer_actor_state() = default;
  timer_actor_state(const timer_actor_state&) = delete;
  auto operator=(const timer_actor_state&) -> timer_actor_state& = delete;
  ~timer_actor_state();

  void init(pointer self, std::shared_ptr<const node_context> node, settings made_of);
  void on_look(const look_at_timers& request);
  void on_answered(const timer_answered& reply);
  void on_retry(const retry_append& message) { appends_.on_retry(message); }

  static inline const char* name = "tusker.timers";

private:
  using steady_time = deadline_queue::time_point;

  struct flight {
    due_timer what;
    command_id id;
    std::uint32_t attempts = 0;  ///< That failed.
    std::uint32_t refusals = 0;  ///< In a row, for want of room.
    std::uint32_t fresh_ids = 0; ///< That it was given.
    bool is_met_again = false;   ///< It was found in the journal once more: it may have been set again.
    std::vector<failed_attempt> failures = {}; ///< The last of them.
  };

  void look();
  void look_soon();
  void take_up(due_timer found);
  void fire(ticket number);
  [[nodiscard]] auto command_of(const flight& in_flight) const -> result<shared_command>;
  void wait(ticket number, std::chrono::milliseconds delay);
  void wait_for_room(ticket number);
  void wait_after_failure(ticket number);
  void on_failure(ticket number, const error& why);
  void note_failure(flight& failed, const error& why);
  void give_up(ticket number, const error& why);
  void on_buried(ticket number, const append_verdict& verdict, const error& why);
  void leave_behind(ticket number, const error& why);
  void tell_of_end(ticket number, std::string what, const error& why) const;
  void land(ticket number);
  void arm();
  [[nodiscard]] auto next_look() const -> std::optional<steady_time>;
  [[nodiscard]] auto has_room() const -> bool;
  [[nodiscard]] auto steady_now() const -> steady_time;

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> node_;
  settings made_of_;
  timestamp now_; ///< By the forward clock, at the last look.
  std::optional<due_timers> due_;
  std::map<std::uint64_t, flight> flights_;                    ///< By ticket.
  std::map<std::pair<timestamp, uuid>, std::uint64_t> by_key_; ///< Their tickets.
  deadline_queue waiting_;                                     ///< Flights that are tried again later.
  steady_append appends_;                                      ///< Of dead letters.
  std::minstd_rand lots_;
  ticket last_ticket_;
  tick_schedule ticks_;
  bool is_look_sent_ = false; ///< A look is in the mailbox; or was, and one too many does no harm.
  timer_board::ticket board_ticket_ = 0;
};

[[nodiscard]] auto make_timer_actor(timer_actor_state::pointer self, std::shared_ptr<const node_context> node,
                                    timer_actor_state::settings made_of) -> timer_actor::behavior_type;

} // namespace tusker
