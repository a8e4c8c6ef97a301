#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/projection_core.hpp>
#include <tusker/actors/projection_lane.hpp>
#include <tusker/actors/projection_run.hpp>

#include <caf/system_messages.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <random>

namespace tusker {

/// Makes the rows of one projection: of the model that serves and, during a rebuild, of the one that is to take its
/// place. Each has a lane: it reads the log from where the model is, through a subscription, and commits what
/// `projection_run` makes of it.
///
///   opening ─▶ running: serving lane ─────────────────────────────▶ …
///      ▲                building lane ─(has caught up)─▶ switch: it is the serving lane from then on
///      └─ resume, rebuild, a subscription that died ─┘└─▶ stopped: paused; or a lane has failed
///
/// A new one claims the models' epoch, so an old one that is still about can commit nothing any more. All it needs to
/// go on is in the read store: if it dies, the next one begins where the last commits ended. A model is rebuilt when
/// it was made by another version of the code, or because somebody wants it; one that is ahead of the journal is
/// dropped.
class projection_actor_state {
public:
  using pointer = projection_actor::stateful_pointer<projection_actor_state>;

  struct settings {
    std::shared_ptr<const projection_type> type;
    std::shared_ptr<read_store> store;
    read_store_limits limits = {};
    projection_options options = {};
    std::shared_ptr<projection_core> core;
    log_id log{};
  };

  void init(pointer self, std::shared_ptr<const node_context> context, settings made_of);
  void on_open();
  void on_retry(const retry_projection& request);
  void on_settle(const settle_projection& request);
  void on_sweep();
  void on_steer(const steer_projection& request);
  void on_lost();
  void on_down(const caf::down_msg& down);
  void on_crash(const crash_projection& request);
  void on_exit(const caf::exit_msg& exit);

  static inline const char* name = "tusker.projection";

private:
  enum class phase { opening, running, stopped };
  using model_lane = projection_lane<pointer>;

  /// A model with its lane, or with why it has none.
  struct track {
    std::unique_ptr<model_lane> lane = {};
    std::optional<error> stopped_by = {};
  };

  [[nodiscard]] auto open_lanes() -> result<bool>;
  [[nodiscard]] auto entry_of_this_journal(log_offset head) -> result<projection_entry>;
  [[nodiscard]] auto open_build(epoch owner, log_offset head) -> result<void>;
  [[nodiscard]] auto begin_build(log_offset head) -> result<model_entry>;
  [[nodiscard]] auto claim(const projection_entry& entry) -> result<epoch>;
  [[nodiscard]] auto make_lane(const model_entry& model, epoch owner, log_offset head,
                               const std::shared_ptr<projection_progress>& progress)
      -> std::unique_ptr<model_lane>;
  void read(track& of);
  void reopen(std::chrono::milliseconds delay);
  void close_lanes();

  void note_looks();

  void on_batch(track& of, const event_batch& batch);
  void work(track& of);
  void settle_later(track& of);
  [[nodiscard]] auto goes_on(track& of, const run_outcome& outcome) -> bool;
  void wait(track& of, std::chrono::milliseconds delay);
  void try_again(track& of);
  void switch_when_due();
  void finish_rebuild();
  void sweep_soon();

  void pause();
  void resume();
  void stop(track& of, const error& why);
  void show_phase();
  [[nodiscard]] auto track_of(std::uint64_t lane_number) -> track*;
  [[nodiscard]] auto lot() -> double;

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> context_;
  settings made_of_;
  phase phase_ = phase::opening;
  track serving_;
  track building_;
  std::uint64_t lanes_ = 0;    ///< That were made.
  std::uint32_t losses_ = 0;   ///< Of subscriptions in a row.
  std::uint32_t failures_ = 0; ///< Of the read store in a row, at opening and switching.
  std::uint32_t looks_ = 0;    ///< For builds that were begun, since the last opening.
  bool has_opened_ = false;
  bool is_sweeping_ = false;
  std::minstd_rand lots_;
};

[[nodiscard]] auto make_projection_actor(projection_actor_state::pointer self,
                                         std::shared_ptr<const node_context> context,
                                         projection_actor_state::settings made_of)
    -> projection_actor::behavior_type;

} // namespace tusker
