#include <tusker/actors/router_actor.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <vector>

// What a router does when the journal is lost, comes back, or does not.

namespace tusker {

/// The journal died under the command: it stays first, and is carried to a fresh actor when there is a journal. The
/// supervisor's word may still be on its way, so the journal of that generation is not tried again meanwhile.
void router_actor_state::retry_without_journal(child& of, const error& why) {
  ++node_->counters->redelivered;
  leave_phase(of);
  forget_actor(of);
  share_.journal.actor = nullptr;
  if (journal_gone_) {
    finish_all(of, *journal_gone_);
    return remove(of);
  }
  if (of.under_way.front().deliveries > node_->options.redeliveries_max)
    finish_first(of, fail(why));
  if (of.under_way.empty())
    return remove(of);
  stall(of);
  begin_waiting();
}

void router_actor_state::stall(child& of) {
  enter(of, phase::stalled);
}

/// Those that wait for a journal, out of their list.
auto router_actor_state::take_stalled() -> std::vector<child*> {
  const auto& all = in(phase::stalled);
  auto taken = std::vector<child*>(all.begin(), all.end());
  for (auto* stalled : taken)
    leave_phase(*stalled);
  return taken;
}

void router_actor_state::on_journal_changed(const journal_changed& news) {
  if (news.journal.generation < share_.journal.generation)
    return;
  share_.journal = news.journal;
  if (!share_.journal.actor) {
    // Who was answered before has its answer here, and is not to be carried again.
    on_look();
    return lose_journal();
  }
  // Each begins once; one that is stalled again at once stands in the new list.
  for (auto* ready : take_stalled())
    begin(*ready);
}

/// Whoever was waiting for the journal that died may wait for ever: a crash takes the answers along that it owes. Their
/// commands are carried to fresh actors later.
void router_actor_state::lose_journal() {
  std::vector<child*> waiting;
  for (auto& [stream, owner] : children_)
    if (owner.host != nullptr && owner.now != phase::idle)
      waiting.push_back(&owner);
  const auto why = error(journal_errc::io_error, "the journal was lost under the command, again and again");
  for (auto* owner : waiting) {
    if (owner->now != phase::passivating) {
      retry_without_journal(*owner, why);
      continue;
    }
    leave_phase(*owner);
    forget_actor(*owner);
    if (owner->under_way.empty())
      remove(*owner);
    else
      stall(*owner);
  }
}

void router_actor_state::on_journal_gone(const journal_gone& news) {
  journal_gone_ = news.why;
  share_.journal.actor = nullptr;
  for (auto* hopeless : take_stalled()) {
    finish_all(*hopeless, news.why);
    remove(*hopeless);
  }
}

} // namespace tusker
