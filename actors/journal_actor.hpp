#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/append_batch.hpp>
#include <tusker/actors/call_board.hpp>
#include <tusker/actors/commit_delay.hpp>
#include <tusker/actors/outbox_board.hpp>
#include <tusker/actors/position_board.hpp>
#include <tusker/actors/runtime_counters.hpp>
#include <tusker/actors/timer_board.hpp>
#include <tusker/persistence/journal.hpp>

#include <caf/response_promise.hpp>
#include <caf/typed_response_promise.hpp>

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

namespace tusker {

/// Group commit: whatever queued while the last commit ran is the next batch.
///
///   append_step ─▶ inbox ─▶ gathered ─ flush_batch ─▶ journal::append (one fsync) ─▶ step_answer to each
///   append_request ────────────┘                                                  └─▶ append_answer
///
/// The first request that is gathered sends `flush_batch` to the actor itself. That message stands behind all that
/// is in the mailbox by then, so these requests join the batch, and so do steps that come in a moment where many are
/// at work (`commit_delay`). There is no timer, and nothing is answered before the commit is durable. After an I/O
/// error the actor ends (fail-stop): the batch is answered with the error, later requests find a dead actor. The
/// supervisor starts the next one, which opens the journal again before it says that it is ready.
class journal_actor_state {
public:
  using pointer = journal_actor::stateful_pointer<journal_actor_state>;

  /// What a journal actor is made of.
  struct settings {
    std::shared_ptr<journal> engine;
    std::shared_ptr<runtime_counters> counters;
    /// Where commits are announced once they are durable.
    std::shared_ptr<position_board> positions;
    /// Where outbox entries are announced once they are durable.
    std::shared_ptr<outbox_board> outbox;
    std::shared_ptr<call_board> calls;
    /// Where timers are announced that a commit has set.
    std::shared_ptr<timer_board> timers;
    batch_limits limits{};
    std::uint64_t generation = 0;
    std::shared_ptr<inbox<append_step>> steps;
    /// Who is told when the journal was opened again. Null in the first generation, whose journal is open.
    supervisor_actor supervisor;
    /// Whether others work while it waits: not so in a deterministic system.
    bool has_threads = true;
  };

  journal_actor_state() = default;
  journal_actor_state(const journal_actor_state&) = delete;
  auto operator=(const journal_actor_state&) -> journal_actor_state& = delete;
  ~journal_actor_state();

  void init(pointer self, settings made_of);
  void on_reopen();
  auto on_append(append_request& request) -> caf::typed_response_promise<append_answer>;
  void on_look() { take_steps(); }
  void on_flush();

  static inline const char* name = "tusker.journal";

private:
  /// Who waits for an item: an aggregate for its step, or who made a request.
  struct waiting_step {
    std::uint64_t number = 0;
    step_sink who;
  };
  using caller = std::variant<waiting_step, caf::typed_response_promise<append_answer>>;

  void take_steps();
  void await_steps();
  void gather(append_item&& item, caller from);
  [[nodiscard]] auto reopened() -> result<void>;
  [[nodiscard]] auto append_first(std::size_t count) -> result<std::vector<append_verdict>>;
  void deliver(std::size_t count, const result<std::vector<append_verdict>>& verdicts);
  void drop_first(std::size_t count);
  void announce_outbox(append_item& item);
  void announce_heads();
  void announce(std::size_t count, const std::vector<append_verdict>& verdicts);
  void announce_timers(std::size_t count, const std::vector<append_verdict>& verdicts);
  void count_events(std::size_t count, const std::vector<append_verdict>& verdicts);

  pointer self_ = nullptr;
  settings made_of_;
  std::vector<append_item> items_;
  std::vector<caller> callers_;
  std::vector<append_step> taken_; ///< Out of the inbox.
  commit_delay delay_;
};

[[nodiscard]] auto make_journal_actor(journal_actor_state::pointer self,
                                      journal_actor_state::settings made_of) -> journal_actor::behavior_type;

} // namespace tusker
