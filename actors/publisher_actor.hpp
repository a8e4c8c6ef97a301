#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/deadline_queue.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/steady_append.hpp>
#include <tusker/actors/tick_schedule.hpp>
#include <tusker/persistence/append_verdict.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

namespace tusker {

/// Brings what callers publish to the journal, and answers each of them once, in time.
///
///   submit_publish ─▶ open ─ steady_append (again while the journal is away) ─┬─ verdict ──▶ the caller's receipt
///                                                                             └─ deadline ─▶ timed_out, not sent again
///
/// It holds nothing that is lost when it dies: what is open is kept by the gate, and the next publisher takes it up
/// under the same message ids.
class publisher_actor_state {
public:
  using pointer = publisher_actor::stateful_pointer<publisher_actor_state>;

  void init(pointer self, std::shared_ptr<const node_context> node);
  void on_submit(const submit_publish& request);
  void on_take_up();
  void on_tick(const deadline_tick& tick);
  void on_retry(const retry_append& message) { appends_.on_retry(message); }

  static inline const char* name = "tusker.publisher";

private:
  struct entry {
    std::shared_ptr<open_publish> publish;
    std::uint64_t append = 0;
  };

  void take(const std::shared_ptr<open_publish>& publish);
  void on_verdict(ticket number, const append_verdict& verdict);
  [[nodiscard]] static auto answer_to(const open_publish& publish, const append_verdict& verdict)
      -> result<published>;
  void schedule_tick();

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> node_;
  std::unordered_map<std::uint64_t, entry> open_;
  std::unordered_map<const open_publish*, ticket> known_; ///< Of those that are open.
  steady_append appends_;
  deadline_queue deadlines_;
  ticket last_ticket_;
  tick_schedule ticks_;
};

[[nodiscard]] auto make_publisher_actor(publisher_actor_state::pointer self,
                                        std::shared_ptr<const node_context> node)
    -> publisher_actor::behavior_type;

} // namespace tusker
