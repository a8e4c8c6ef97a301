#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/config/aggregate_options.hpp>
#include <tusker/model/aggregate_instance.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/append_verdict.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace tusker {

enum class aggregate_phase { recovering, running };

/// One aggregate: its state in memory, one command at a time.
///
///   recovering ─ snapshot and stream read ─▶ running ─ decide ─▶ (waits for the journal) ─ verdict ─▶ running ─▶ end
///        ▲                                      │                                                       passivate
///        └──── the outcome is unknown, or another writer was first ─────┘
///
/// A snapshot that is due goes along with the next command's commit, or is a commit of its own when the aggregate is
/// told to leave memory. It is of the state before the command, so a commit that fails makes nothing wrong of it.
///
/// Its router sends it one command at a time, so the state that a command is decided on is always the state after the
/// one before. If the journal's actor dies under a step, the router gives this actor up. It recovers
/// on its first command, not when it is spawned, and inline: the journal is local (see `read_locality`).
/// When its aggregate leaves memory, the actor may be given the next one of its type: the first command says so.
class aggregate_actor_state {
public:
  using pointer = aggregate_actor::stateful_pointer<aggregate_actor_state>;

  void init(pointer self, std::shared_ptr<const node_context> node,
            std::shared_ptr<const aggregate_type> type, router_entry router);
  void on_execute(execute_command& request);
  void on_step_answer(const step_answer& reply);
  void on_passivate(const passivate_aggregate& request);

  static inline const char* name = "tusker.aggregate";

private:
  /// The command that is worked on.
  struct work {
    ticket number;
    shared_command command;
    inbox_link<append_step> journal;
    std::size_t decisions = 0;
    bool is_at_journal = false;
  };

  void move_in();
  void take_up();
  [[nodiscard]] auto recover() -> result<void>;
  [[nodiscard]] auto start_over() -> result<void>;
  [[nodiscard]] auto catch_up() -> result<void>;
  [[nodiscard]] auto settle_unexpected_version() -> bool;
  void decide();
  void append(encoded_decision&& decided, timestamp now);
  void answer_void(timestamp now);
  [[nodiscard]] auto next_outbox_time(timestamp now) -> result<timestamp>;
  void change_timers();
  void send_item(append_item&& item);
  [[nodiscard]] auto new_item(timestamp now) const -> append_item;
  [[nodiscard]] auto snapshot_if(std::size_t events_due) -> snapshot_change;
  void on_verdict(const append_answer& reply);
  void on_appended(const appended& verdict);
  void tell_of_rest();
  void tell_of_standstill() const;
  void on_conflict(const version_conflict& conflict);
  void on_duplicate(const duplicate_command& duplicate);
  void on_fenced(const fenced& verdict);
  void answer(result<receipt>&& outcome);
  void finish_work();
  void report_lost_journal(const error& why);
  void forget_state();

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> node_;
  stream_id stream_;
  router_entry router_;
  std::unique_ptr<aggregate_instance> instance_;
  std::shared_ptr<const aggregate_type> type_;
  aggregate_options kept_;
  aggregate_phase phase_ = aggregate_phase::recovering;
  stream_version version_;
  stream_version snapshot_version_; ///< Of the last snapshot that is stored; 0 when there is none.
  std::optional<stream_version> proposed_snapshot_; ///< Of the one that is under way.
  work work_;
  std::uint64_t last_step_ = 0; ///< The number of the last one that the journal was sent.
  std::optional<command_outcome> proposed_;
  std::vector<encoded_message> proposed_contents_; ///< Of its events, if somebody asks for them.
  bool was_at_rest_ = false;                       ///< Before the last decision.
  /// Of the messages that were published last; none since this actor's start.
  std::optional<timestamp> last_outbox_time_;
};

[[nodiscard]] auto make_aggregate_actor(aggregate_actor_state::pointer self,
                                        std::shared_ptr<const node_context> node,
                                        std::shared_ptr<const aggregate_type> type, router_entry router)
    -> aggregate_actor::behavior_type;

} // namespace tusker
