#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/deadline_queue.hpp>
#include <tusker/actors/message_route.hpp>
#include <tusker/actors/node_context.hpp>

#include <caf/actor_addr.hpp>
#include <caf/fwd.hpp>
#include <caf/system_messages.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace tusker {

/// The workers of a subscriber and what they work on.
///
///   idle ── begin ─▶ at work ── message_handled ─▶ idle
///                      ├─ it dies ─▶ another one
///                      └─ past its deadline ─▶ left behind, another one takes its place ─(it returns)─▶ ends
///
/// Used by the subscriber's actor, which watches the workers. Where messages become commands there are no workers but
/// `message_route`s, which are never left behind.
class delivery_crew {
public:
  /// What a worker works on.
  struct job {
    log_offset offset;
    std::shared_ptr<const recorded_event> message;
  };

  delivery_crew() = default;
  delivery_crew(const delivery_crew&) = delete;
  auto operator=(const delivery_crew&) -> delivery_crew& = delete;
  /// Also when the subscriber crashed: workers have nobody else who would end them.
  ~delivery_crew() { end(); }

  /// Spawns the workers.
  void init(caf::scheduled_actor* self, std::shared_ptr<const node_context> context, delivery_parts parts);

  [[nodiscard]] auto has_idle() const -> bool;
  [[nodiscard]] auto is_idle() const -> bool { return jobs_.empty(); }
  /// Returns the outcome when it has one at once. REQUIRES: `has_idle()`.
  [[nodiscard]] auto begin(job work, delivery_attempt attempt) -> std::optional<message_handled>;
  /// What a command came to, and with it perhaps the message. Of none that is still worked on: nothing.
  [[nodiscard]] auto on_routed(const message_routed& news) -> std::optional<message_handled>;
  [[nodiscard]] auto on_again(const route_again& request) -> std::optional<message_handled>;

  /// What was worked on; none when its deadline came first.
  [[nodiscard]] auto on_handled(const message_handled& news) -> std::optional<job>;
  /// What the worker that died had, if it was one and had something. Another one is there then.
  [[nodiscard]] auto on_down(const caf::down_msg& down) -> std::optional<job>;
  /// Those whose deadline is over.
  [[nodiscard]] auto take_late() -> std::vector<job>;
  [[nodiscard]] auto earliest_deadline() const -> std::optional<deadline_queue::time_point> {
    return deadlines_.earliest();
  }

  [[nodiscard]] auto left_behind() const -> std::size_t { return left_behind_.size(); }
  /// Whether more of them are away than may be.
  [[nodiscard]] auto is_exhausted() const -> bool;

  void crash(std::size_t worker);
  void end();

private:
  struct worker {
    delivery_worker actor;              ///< None where messages become commands.
    std::optional<message_route> route; ///< There.
    ticket number;                      ///< What it works on; 0 when it is idle.
  };
  struct open_job {
    job work;
    std::size_t worker = 0;
  };

  void spawn(std::size_t slot);
  void replace(std::size_t slot, ticket late);
  [[nodiscard]] auto route_of(ticket number) -> message_route*;
  [[nodiscard]] auto release(ticket number) -> std::optional<job>;

  caf::scheduled_actor* self_ = nullptr;
  std::shared_ptr<const node_context> context_;
  delivery_parts parts_;
  std::vector<worker> workers_;
  std::map<std::uint64_t, delivery_worker> left_behind_; ///< By the ticket of what keeps them.
  std::map<std::uint64_t, open_job> jobs_;
  deadline_queue deadlines_;
  ticket last_ticket_;
};

} // namespace tusker
