#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/delivery_book.hpp>
#include <tusker/actors/delivery_crew.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/steady_append.hpp>
#include <tusker/actors/subscription_feed.hpp>
#include <tusker/actors/tick_schedule.hpp>
#include <tusker/config/log_record.hpp>
#include <tusker/persistence/delivery_item.hpp>

#include <caf/system_messages.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tusker {

/// Brings the messages of a topic to one subscriber: reads the log through a subscription, gives messages to workers as
/// `delivery_book` says, or brings them on their way as commands, and has the journal record what becomes of them.
///
///   opening ─▶ running ◀─▶ paused
///                 ├─▶ failed: it stands until it is resumed
///                 └─▶ ending ─▶ what is in flight is finished, where it is is stored
///
/// One commit at a time is under way, and holds all that was to be stored when it began. All it needs to go on is in
/// the journal: if it dies, the next one begins where the last commit ended, and what was in flight is delivered
/// again.
class delivery_actor_state {
public:
  using pointer = delivery_actor::stateful_pointer<delivery_actor_state>;

  void init(pointer self, std::shared_ptr<const node_context> context, delivery_parts made_of);
  void on_open();
  void on_handled(const message_handled& news);
  void on_routed(const message_routed& news);
  void on_again(const route_again& request);
  void on_tick(const delivery_tick& tick);
  void on_steer(const steer_delivery& request);
  void on_retry(const retry_append& message);
  void on_crash(const crash_delivery& request);
  void on_down(const caf::down_msg& down);
  void on_exit(const caf::exit_msg& exit);

  static inline const char* name = "tusker.delivery";

private:
  enum class phase { opening, running, paused, ending, failed };

  // Opening.
  [[nodiscard]] auto load() -> result<bool>;
  void add_subscriber();
  void open_feed();

  // Messages.
  void on_batch(const event_batch& batch);
  [[nodiscard]] auto key_of(const recorded_event& message) const -> std::string;
  void go_on();
  void pull();
  void hand_out();
  [[nodiscard]] auto load_message(const delivery_job& job) -> std::shared_ptr<const recorded_event>;
  void finish(const delivery_crew::job& done, const delivery_outcome& outcome);
  void fail_job(const delivery_crew::job& failed, const error& why, delivery_book::failure_kind kind);

  // Commits.
  [[nodiscard]] auto is_commit_due() -> bool;
  [[nodiscard]] auto is_settling_due() -> bool;
  void commit();
  [[nodiscard]] auto new_item() -> delivery_item;
  [[nodiscard]] auto make_item() -> result<append_item>;
  [[nodiscard]] auto put_dead_letters(delivery_item& item, const delivery_changes& changes) -> result<void>;
  void on_committed(const append_verdict& verdict);

  // What somebody wants.
  void retry_dead_letters(const steer_delivery& request);
  void drop_dead_letters(const steer_delivery& request);
  void forget_dropping(const std::set<log_offset>& dropped);
  void set_paused(bool is_paused, const steer_delivery& request);
  void begin_end(const steer_delivery& request);
  void end_if_done();
  void forget_parked();
  void forget_subscriber();
  void quit(const result<std::uint64_t>& outcome = 0U);
  void keep_promises(const result<void>& outcome);

  [[nodiscard]] auto now() -> timestamp;
  void schedule_tick();
  void tell_status();
  void fail_with(const error& why);

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> context_;
  delivery_parts made_of_;
  phase phase_ = phase::opening;
  std::optional<delivery_book> book_;
  delivery_crew crew_;
  steady_append appends_;
  subscription_feed<pointer> feed_;
  std::minstd_rand lots_;

  std::uint32_t losses_ = 0;   ///< Of the feed, or failures to open, in a row.
  std::size_t owed_pulls_ = 0; ///< For batches that were taken in.
  bool has_caught_up_ = false; ///< With the last batch.
  bool is_paused_ = false;     ///< Also while it ends.
  bool is_committing_ = false;
  bool is_cursor_changed_ = false; ///< The note has to be written though the cursor stands.
  std::size_t handled_since_commit_ = 0;
  /// When a cursor is stored that has passed over nothing but what is not wanted.
  std::optional<deadline_queue::time_point> settle_at_;
  /// Messages that are dead, and in no commit yet.
  std::map<log_offset, std::shared_ptr<const recorded_event>> dying_;
  std::vector<log_offset> parking_now_; ///< In the commit under way.
  /// Of the dead letters of the commit under way.
  std::vector<log_record> told_when_stored_;
  std::set<log_offset> dropping_; ///< Dead letters whose drop is on its way to the journal.
  /// An answer that is given when what it speaks of is durable.
  struct promise {
    std::shared_ptr<delivery_answer> answer;
    std::uint64_t value = 0;
    std::set<log_offset> to_park; ///< That are in no commit yet.
  };
  std::vector<promise> promised_;
  std::vector<promise> promised_now_;   ///< For the commit under way.
  std::vector<steer_delivery> endings_; ///< Who wants it to end; nobody but the first decides how.
  tick_schedule ticks_;
};

[[nodiscard]] auto make_delivery_actor(delivery_actor_state::pointer self,
                                       std::shared_ptr<const node_context> context, delivery_parts made_of)
    -> delivery_actor::behavior_type;

} // namespace tusker
