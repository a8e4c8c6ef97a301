#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/projection_run.hpp>

#include <caf/system_messages.hpp>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <random>

namespace tusker {

/// Makes the rows of one projection: reads the log from where the model is, through a subscription, and commits what
/// `projection_run` makes of it.
///
///   opening ─▶ reading ──▶ waiting ─(later)─▶ reading
///      ▲          └───────────┴──────▶ stopped: paused, or failed
///      └───────────── resume ─────────────┘
///
/// A new one claims the model's epoch, so an old one that is still about can commit nothing any more. All it needs to
/// go on is in the read store: if it dies, the next one begins where the last commit ended.
class projection_actor_state {
public:
  using pointer = projection_actor::stateful_pointer<projection_actor_state>;

  struct settings {
    projection_run::parts parts;
    log_id log{};
  };

  projection_actor_state() = default;
  projection_actor_state(const projection_actor_state&) = delete;
  auto operator=(const projection_actor_state&) -> projection_actor_state& = delete;
  ~projection_actor_state();

  void init(pointer self, std::shared_ptr<const node_context> context, settings made_of);
  void on_open();
  void on_retry(const retry_projection& request);
  void on_settle();
  void on_steer(const steer_projection& request);
  void on_down(const caf::down_msg& down);
  void on_crash(const crash_projection& request);
  void on_exit(const caf::exit_msg& exit);

  static inline const char* name = "tusker.projection";

private:
  enum class phase { opening, reading, waiting, stopped };

  [[nodiscard]] auto open_run() -> result<void>;
  [[nodiscard]] auto claim(const projection_entry& entry) -> result<epoch>;
  [[nodiscard]] auto check_offset(log_offset offset) const -> result<void>;
  void subscribe();
  void pull(std::uint64_t generation);
  void on_batch(const event_batch& batch);
  void on_lost(std::uint64_t generation);
  void work();
  void settle_later();
  [[nodiscard]] auto goes_on(const run_outcome& outcome) -> bool;
  void pause();
  void resume();
  void stop_for(const error& why);
  void end_reading();
  [[nodiscard]] auto lot() -> double;

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> context_;
  settings made_of_;
  phase phase_ = phase::opening;
  std::optional<projection_run> run_;
  subscription_actor reader_;
  std::uint64_t generation_ = 0; ///< Of the reader.
  std::uint32_t losses_ = 0;     ///< Of readers in a row.
  std::uint32_t failed_opens_ = 0;
  std::deque<std::shared_ptr<const log_slice>> slices_;
  bool is_settling_ = false;
  std::minstd_rand lots_;
};

[[nodiscard]] auto make_projection_actor(projection_actor_state::pointer self,
                                         std::shared_ptr<const node_context> context,
                                         projection_actor_state::settings made_of)
    -> projection_actor::behavior_type;

} // namespace tusker
