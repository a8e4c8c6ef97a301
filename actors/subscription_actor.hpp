#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/position_board.hpp>
#include <tusker/persistence/log_filter.hpp>

#include <caf/typed_response_promise.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>

namespace tusker {

/// Reads one log for one consumer, from a position on, for ever: first what is there, then what comes.
///
///   consumer ── pull_events (a credit) ──▶ subscription ── read_log ──▶ journal_reader
///            ◀── event_batch ─────────────             ◀─ log_has_grown ─ position_board (when it has caught up)
///
/// It reads only for credits, one slice each, so a consumer that is slow holds as many slices as it asked for and no
/// more. It keeps no place of its own beyond its memory: the consumer has the checkpoint, and a subscription that dies
/// is followed by one from there. Reads of a long stretch that is not wanted are cut into many short ones.
class subscription_actor_state {
public:
  using pointer = subscription_actor::stateful_pointer<subscription_actor_state>;

  /// What is read, and from where.
  struct settings {
    log_id log{};
    log_offset after{};
    log_filter filter{};
    read_limit limit{};
    /// Pulls beyond that are answered `overloaded`.
    std::size_t credits_max = 16;
    /// Whether it is to have a thread, so that workers have their time for commands.
    bool wants_thread = false;
  };

  subscription_actor_state() = default;
  subscription_actor_state(const subscription_actor_state&) = delete;
  auto operator=(const subscription_actor_state&) -> subscription_actor_state& = delete;
  ~subscription_actor_state();

  void init(pointer self, std::shared_ptr<const node_context> context, settings made_of);

  auto on_pull() -> caf::typed_response_promise<event_batch>;
  void on_read();
  void on_growth();

  static inline const char* name = "tusker.subscription";

private:
  enum class phase { idle, reading, waiting, ended };

  void read_soon();
  void wait_for_growth();
  void deliver(log_slice slice);
  void deliver_error(const error& why);

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> context_;
  settings made_of_;
  log_offset told_to_; ///< The consumer knows how far the log was looked through.
  std::deque<caf::typed_response_promise<event_batch>> pulls_;
  phase phase_ = phase::idle;
  std::optional<position_board::ticket> ticket_;
};

[[nodiscard]] auto make_subscription_actor(subscription_actor_state::pointer self,
                                           std::shared_ptr<const node_context> context,
                                           subscription_actor_state::settings made_of)
    -> subscription_actor::behavior_type;

/// Spawns one as a child of nobody: its consumer ends it. It has a thread as well if the engine's reads leave this
/// machine.
[[nodiscard]] auto spawn_subscription(caf::actor_system& system, std::shared_ptr<const node_context> context,
                                      subscription_actor_state::settings made_of) -> subscription_actor;

} // namespace tusker
