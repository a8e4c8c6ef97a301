#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/subscription_actor.hpp>
#include <tusker/actors/subscription_core.hpp>
#include <tusker/actors/subscription_feed.hpp>

#include <caf/system_messages.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace tusker {

/// Tells the events of a subscription to its handler, on a thread of its own, since the handler may block.
///
///   listener ── two pulls ahead ──▶ subscription
///            ◀─ event_batch ──────  each event to the handler, then one pull more
///
///            ── a batch is handled ──▶ the checkpoint, if there is one and it is due
///
/// If the subscription dies, another one follows from the last event that was handled. While the read store takes no
/// checkpoint no new batch is asked for.
class listener_actor_state {
public:
  using pointer = listener_actor::stateful_pointer<listener_actor_state>;

  struct settings {
    std::shared_ptr<subscription_core> core;
    subscription_actor_state::settings reads;
  };

  void init(pointer self, std::shared_ptr<const node_context> context, settings made_of);
  void on_start();
  void on_store();
  void on_crash(const crash_subscription& what);
  void on_down(const caf::down_msg& down);
  void on_exit(const caf::exit_msg& exit);

  static inline const char* name = "tusker.listener";

private:
  void on_batch(const event_batch& batch);
  void on_lost();
  void keep_checkpoint(subscription_core::checkpoint_moment moment);
  void store_later(std::chrono::milliseconds delay);
  void pull_owed();
  void end();

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> context_;
  settings made_of_;
  subscription_feed<pointer> feed_;
  std::uint32_t losses_ = 0; ///< In a row.
  /// Batches that were handled, for which no others were asked for yet.
  std::vector<std::shared_ptr<const log_slice>> owed_;
  std::uint32_t store_failures_ = 0; ///< In a row.
  bool will_store_ = false;          ///< A `store_checkpoint` is on its way.
};

[[nodiscard]] auto make_listener_actor(listener_actor_state::pointer self,
                                       std::shared_ptr<const node_context> context,
                                       listener_actor_state::settings made_of)
    -> listener_actor::behavior_type;

} // namespace tusker
