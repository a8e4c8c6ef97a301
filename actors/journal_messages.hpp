#pragma once

#include <tusker/actors/inbox_link.hpp>
#include <tusker/actors/supervisor_messages.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/append_verdict.hpp>

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace tusker {

/// To the journal actor: record this step.
struct append_request {
  append_item item;
};

/// From the journal actor, after the commit is durable. An error concerns the whole batch that the item was in:
/// `journal_errc::storage_full` (nothing was written), `io_error` (unknown).
struct append_answer {
  result<append_verdict> verdict;
};

/// Journal actor → aggregate: what became of its step, as in an `append_answer`.
struct step_answer {
  std::uint64_t number = 0;
  append_answer answer;
};

/// Where answers to steps are sent.
using step_sink = caf::typed_actor<caf::reacts_to<step_answer>>;

/// Aggregate → journal actor, in its inbox: record this step. No request as others make it, which costs either side
/// entries in tables and several allocations. If the journal's actor dies it may stay unanswered: then the router,
/// which hears of that, carries the command to another actor.
struct append_step {
  append_item item;
  std::uint64_t number = 0; ///< Told with the answer.
  step_sink reply_to;
};

/// From the journal actor to itself, behind all that waits in its mailbox: commit what was gathered.
struct flush_batch {};

/// From an actor that appends steadily to itself: send that append again; 0: the journal's actor is another one now, so
/// send again what the last one had.
struct retry_append {
  std::uint64_t number = 0;
};

/// Owns the writing side of the journal.
using journal_actor =
    caf::typed_actor<caf::replies_to<append_request>::with<append_answer>, caf::reacts_to<look_at_inbox>,
                     caf::reacts_to<flush_batch>, caf::reacts_to<reopen_journal>>;

/// The journal actor of now. One that died is followed by one of the next generation.
struct journal_link {
  journal_actor actor;
  std::uint64_t generation = 0;
  std::shared_ptr<inbox<append_step>> steps = nullptr; ///< Of that actor, if there is one.
};

/// Supervisor → routers: this is the journal from now on.
struct journal_changed {
  journal_link journal;
};

/// Supervisor → routers: the journal does not come back. What waits for it is answered with `why`.
struct journal_gone {
  error why;
};

} // namespace tusker
