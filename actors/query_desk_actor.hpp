#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/deadline_queue.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/position_board.hpp>
#include <tusker/actors/tick_schedule.hpp>

#include <caf/system_messages.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// Brings queries to workers when their rows are far enough, and answers those whose time is over.
///
///   submit_query ─┬─ seen? ─▶ waiting ── rows_reached ──┐
///                 └─ no ────────────────────────────────┴▶ queued ── a worker is free ─▶ at work ── query_done ─▶ over
///                              deadline, at any of them: timed_out, and forgotten
///
/// A worker that is kept beyond a query's deadline stays away until its handler returns.
class query_desk_state {
public:
  using pointer = query_desk::stateful_pointer<query_desk_state>;

  query_desk_state() = default;
  query_desk_state(const query_desk_state&) = delete;
  auto operator=(const query_desk_state&) -> query_desk_state& = delete;
  ~query_desk_state();

  void init(pointer self, std::shared_ptr<const node_context> context);
  void on_submit(const submit_query& request);
  void on_reached(const rows_reached& news);
  void on_done(const query_done& news);
  void on_tick(const deadline_tick& tick);
  void on_crash(const crash_query_part& request);
  void on_down(const caf::down_msg& down);

  static inline const char* name = "tusker.queries";

private:
  enum class phase { waiting, queued, at_work };

  struct entry {
    std::shared_ptr<open_query> query;
    phase at = phase::queued;
    position_board::ticket wait = 0; ///< While it is waiting.
  };
  struct worker {
    query_worker actor;
    std::shared_ptr<open_query> query; ///< What it works on; null when it is free.
    ticket number;
  };

  void spawn_worker(std::size_t number);
  void enqueue(ticket number, entry& queued);
  void wait_for_rows(ticket number, entry& waiting);
  void stop_waiting(entry& waiting);
  void hand_out();
  void release(worker& of);
  void schedule_tick();
  [[nodiscard]] static auto timeout_error(const entry& late) -> error;

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> context_;
  std::map<std::uint64_t, entry> open_;
  std::deque<ticket> queue_;
  std::vector<worker> workers_;
  deadline_queue deadlines_;
  ticket last_ticket_;
  tick_schedule ticks_;
};

[[nodiscard]] auto make_query_desk(query_desk_state::pointer self,
                                   std::shared_ptr<const node_context> context) -> query_desk::behavior_type;

} // namespace tusker
