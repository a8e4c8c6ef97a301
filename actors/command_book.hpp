#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/admission_limit.hpp>
#include <tusker/actors/command_gate.hpp>
#include <tusker/actors/pending.hpp>
#include <tusker/actors/runtime_counters.hpp>
#include <tusker/config/runtime_options.hpp>
#include <tusker/model/error.hpp>
#include <tusker/model/receipt.hpp>
#include <tusker/model/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tusker {

/// The edge of a node: what is under way in it, from whom, and with which router. It gives every caller exactly one
/// answer, in time.
///
///   submit ─▶ under way ─┬─ answer ─────────▶ the caller's answer
///                        ├─ time_out ───────▶ timed_out (the command itself goes on)
///                        ├─ replace_router ─▶ sent again, under its id, to the router that follows one that died
///                        └─ shut, tell_rest ▶ why the node takes no more
///
/// It also measures how long answers take, and lets fewer commands into the node when they take too long.
///
/// No actor, so a command takes no more messages than it must, and can be answered when no actor can. It outlives the
/// actors. Safe for threads. Callers are told without the lock, one after the other as they leave the book: one whose
/// callback does not return keeps nobody else in it.
class command_book {
public:
  using time_point = std::chrono::steady_clock::time_point;
  using router_map = std::map<std::string, std::vector<router_link>, std::less<>>;
  using caller = std::shared_ptr<pending_state<receipt>>;
  using clock = std::function<time_point()>;

  command_book(std::shared_ptr<runtime_counters> counters, std::shared_ptr<command_gate> gate);
  command_book(const command_book&) = delete;
  auto operator=(const command_book&) -> command_book& = delete;
  ~command_book() = default;

  /// From now on commands go to these routers. `now` is asked until `shut`.
  void open(const runtime_options& options, router_map routers, clock now);
  /// Who keeps its time from now on: is told when it has to call `time_out` earlier than it knows, and when to call
  /// `tell_rest`.
  void set_dispatcher(dispatcher_actor dispatcher);

  /// Sends a command that is in the gate, and tells `waiting` in time what it came to. Where nobody takes it, that is
  /// told at once.
  void submit(shared_command command, std::chrono::milliseconds timeout, caller waiting);

  /// What a command came to, from a router.
  void answer(ticket number, result<receipt>&& outcome);

  /// Answers those whose time is over; once it is shut, everybody. Returns when the next one's time is.
  auto time_out() -> std::optional<time_point>;

  /// What the router had that died goes to its successor, in the order in which it came. What that one had already
  /// begun has its effect once all the same: its command id says so.
  void replace_router(const node_part& part, const router_link& router);

  /// Takes nothing more: who comes is told the node's failure, or without one that it was shut down; the first failure
  /// stands. What is under way is answered with `why` when the dispatcher comes to it, or by `tell_rest`.
  void shut(const error& why, const std::optional<error>& failure);
  /// Answers everything that is under way. REQUIRES: it is shut.
  void tell_rest();

  /// Why the node gave up, if it did.
  [[nodiscard]] auto failure() const -> std::optional<error>;
  /// What those are told who come when it is not open: the node gave up, or has not started, or was shut down.
  [[nodiscard]] auto refusal() const -> error;

private:
  struct open_command {
    caller waiting;
    shared_command command;
    std::size_t router = 0; ///< Which of its type's.
    time_point begun;
    time_point deadline;
    std::size_t redeliveries = 0; ///< To routers that followed one that died.
  };
  // REQUIRES, of these: the lock is held.
  void enter(std::uint64_t number, open_command&& open);
  void send(std::uint64_t number, const open_command& open) const;
  void note_deadline(std::uint64_t number, time_point deadline);
  void measure(std::chrono::steady_clock::duration took, time_point now);
  [[nodiscard]] auto take(std::uint64_t number, const result<receipt>& outcome) -> caller;
  [[nodiscard]] auto numbers_of(const node_part& part) const -> std::vector<std::uint64_t>;

  [[nodiscard]] auto time_out_first() -> bool;
  [[nodiscard]] auto tell_first() -> bool;
  void tell(const caller& waiting, result<receipt>&& outcome) const;

  std::shared_ptr<runtime_counters> counters_;
  std::shared_ptr<command_gate> gate_;

  mutable std::mutex mutex_;  // guards what follows
  clock now_;                 ///< Null until it is open.
  std::optional<error> shut_; ///< Once it is: why, for what is under way.
  std::optional<error> failure_;
  router_map routers_;
  dispatcher_actor dispatcher_;
  std::size_t in_flight_max_ = 0;
  std::size_t redeliveries_max_ = 0;
  std::optional<admission_limit> admission_;
  std::unordered_map<std::uint64_t, open_command> open_; ///< By ticket.
  std::set<std::pair<time_point, std::uint64_t>> deadlines_;
  /// When the dispatcher will look.
  std::optional<time_point> looked_at_;
  /// When commands were begun that timed out and still have an answer to come.
  std::unordered_map<std::uint64_t, time_point> overdue_;
  std::uint64_t last_ticket_ = 0;
};

} // namespace tusker
