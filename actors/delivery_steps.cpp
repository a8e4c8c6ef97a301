// The other half of `delivery_actor_state`: what it has the journal record, and what others want of it.

#include <tusker/actors/delivery_actor.hpp>

#include <tusker/actors/delivery_rules.hpp>
#include <tusker/actors/followed_log.hpp>
#include <tusker/actors/node_log.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/delivery_events.hpp>
#include <tusker/model/quoted_text.hpp>

#include <caf/actor_system.hpp>
#include <caf/sec.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

/// Notes of one commit: well within what an item may hold, even if all have long failures to tell.
constexpr std::size_t commit_entries_max = 128;
/// Dead letters that are dropped at once.
constexpr std::size_t drop_max = 256;

} // namespace

// --- commits ---------------------------------------------------------------------------------------------------------

/// A cursor alone waits for more, as long as there is more to do.
auto delivery_actor_state::is_commit_due() -> bool {
  if (is_cursor_changed_)
    return true;
  if (!book_->has_changes())
    return false;
  if (!book_->changes_can_wait() || phase_ == phase::ending)
    return true;
  if (handled_since_commit_ == 0)
    return is_settling_due();
  auto is_at_rest = crew_.is_idle() && (phase_ != phase::running || !book_->has_ready());
  return is_at_rest || handled_since_commit_ >= made_of_.options.commit_every_messages;
}

/// Others commit all the time, and what they do is mostly not wanted: to have looked at it is no reason for a commit
/// each time.
auto delivery_actor_state::is_settling_due() -> bool {
  constexpr std::uint64_t unwanted_max = 10'000;
  constexpr std::chrono::seconds rest{1};
  auto steady = self_->clock().now();
  if (!settle_at_)
    settle_at_ = steady + rest;
  return book_->position().value() - book_->cursor().value() >= unwanted_max || *settle_at_ <= steady;
}

void delivery_actor_state::commit() {
  if (is_committing_ || !is_commit_due())
    return;
  promised_now_ = std::exchange(promised_, {});
  auto item = make_item();
  if (!item) {
    book_.reset(); // the next life begins where the last commit ended
    keep_promises(fail(item.error()));
    return fail_with(item.error());
  }
  is_committing_ = true;
  is_cursor_changed_ = false;
  handled_since_commit_ = 0;
  settle_at_.reset();
  appends_.begin(std::move(*item), [this](const append_verdict& verdict) { on_committed(verdict); });
}

auto delivery_actor_state::new_item() -> delivery_item {
  const auto& subscriber = made_of_.type->name;
  auto shard = shard_of(delivery_stream(subscriber), context_->reader->shards());
  return {subscriber, {shard, context_->epochs[shard.value()]}, now()};
}

auto delivery_actor_state::make_item() -> result<append_item> {
  const auto& limits = context_->options.journal.limits;
  auto changes = book_->take_changes(std::min({commit_entries_max, limits.item_events_max,
                                               std::max<std::size_t>(limits.item_side_entries_max, 2) - 1}));
  auto item = new_item();
  item.put(delivery_cursor{made_of_.type->topic, followed_log, changes.cursor, is_paused_});
  for (auto offset : changes.unparked)
    item.remove(parked_note_key(offset));
  parking_now_.clear();
  for (const auto& parked : changes.parked) {
    item.put(parked);
    parking_now_.push_back(parked.offset);
    if (parked.was_dead && parked.attempts_made == 0)
      item.happened(dead_letter_retried{followed_log, parked.offset});
  }
  if (auto put = put_dead_letters(item, changes); !put)
    return fail(put.error());
  for (const auto& revived : changes.revived) {
    item.remove(dead_letter_note_key(revived.offset));
    item.happened(dead_letter_resolved{followed_log, revived.offset});
  }
  return std::move(item).take();
}

auto delivery_actor_state::put_dead_letters(delivery_item& item, const delivery_changes& changes)
    -> result<void> {
  const auto& type = *made_of_.type;
  told_when_stored_.clear();
  for (const auto& dead : changes.dead) {
    auto message = dying_.extract(dead.offset);
    auto before = dead.was_dead ? find_dead_letter(*context_->reader, type.name, dead.offset)
                                : result<std::optional<dead_letter>>();
    if (!before)
      return fail(before.error());
    auto letter = dead_letter_of(type.name, type.topic, *message.mapped(), dead, now(), *before);
    auto failure = letter.attempts.empty() ? std::string() : letter.attempts.back().failure;
    item.put(letter);
    told_when_stored_.push_back(
        {log_level::warning,
         log_component::queue,
         "a message was given up",
         {{"queue", letter.subscriber},
          {"type", letter.type},
          {"stream", letter.stream},
          {"offset", std::to_string(letter.offset.value())},
          {"attempts", std::to_string(letter.attempts_made)},
          {"failure", failure}},
         letter.correlation_id.is_nil() ? std::string() : to_string(letter.correlation_id)});
    item.happened(
        message_dead_lettered{followed_log, dead.offset, letter.type, letter.attempts_made, failure});
  }
  made_of_.core->note_dead_letters(changes.dead.size());
  return {};
}

void delivery_actor_state::on_committed(const append_verdict& verdict) {
  is_committing_ = false;
  auto stored = outcome_of_step(verdict, made_of_.type->name);
  keep_promises(stored);
  for (const auto& each : std::exchange(told_when_stored_, {}))
    if (stored)
      tell(context_->options.log, each);
  if (!stored) {
    // What was to be stored is in memory alone: the next life begins where the last commit ended.
    book_.reset();
    fail_with(stored.error());
    return end_if_done();
  }
  book_->committed();
  go_on();
}

/// Those whose time has come: what they speak of is durable, or never will be.
void delivery_actor_state::keep_promises(const result<void>& outcome) {
  for (auto& each : std::exchange(promised_now_, {})) {
    for (auto offset : parking_now_)
      each.to_park.erase(offset);
    if (!outcome)
      each.answer->complete(fail(outcome.error()));
    else if (each.to_park.empty())
      each.answer->complete(each.value);
    else
      promised_.push_back(std::move(each));
  }
}

void delivery_actor_state::on_retry(const retry_append& message) {
  appends_.on_retry(message);
}

// --- what somebody wants ---------------------------------------------------------------------------------------------

void delivery_actor_state::on_steer(const steer_delivery& request) {
  using wish = steer_delivery::wish;
  if (request.wanted == wish::end || request.wanted == wish::remove)
    return begin_end(request);
  if (phase_ == phase::ending)
    return; // the answer gives itself
  if (phase_ == phase::failed && request.wanted == wish::resume) {
    // As a new life would: what was in flight is delivered again.
    request.answer->complete(0);
    self_->quit(caf::sec::runtime_error);
    return;
  }
  if (phase_ == phase::failed) {
    auto why =
        made_of_.core->status({}).failure.value_or(error(runtime_errc::handler_failed, "it has failed"));
    return request.answer->complete(fail(why.code(), "subscriber " + tusker::quoted(request.subscriber) +
                                                         " stands, resume it first: " + why.message()));
  }
  if (!book_)
    return request.answer->complete(
        fail(runtime_errc::overloaded,
             "subscriber " + tusker::quoted(request.subscriber) + " has not begun yet: try again later"));
  switch (request.wanted) {
  case wish::retry:
    return retry_dead_letters(request);
  case wish::drop:
    return drop_dead_letters(request);
  case wish::pause:
  case wish::resume:
    return set_paused(request.wanted == wish::pause, request);
  case wish::remove:
  case wish::end:
    break;
  }
}

void delivery_actor_state::retry_dead_letters(const steer_delivery& request) {
  promise made{request.answer, 0, {}};
  for (auto offset : request.offsets) {
    if (!book_->can_park())
      break;
    auto letter = find_dead_letter(*context_->reader, made_of_.type->name, offset);
    if (!letter)
      return request.answer->complete(fail(letter.error()));
    // One that is dropped, or that has come through a moment ago, is still to be read.
    if (!*letter || book_->is_under_way(offset) || dropping_.contains(offset))
      continue;
    book_->revive(offset, (*letter)->key, now());
    made.to_park.insert(offset);
  }
  made.value = made.to_park.size();
  promised_.push_back(std::move(made));
  is_cursor_changed_ = true; // the answer waits for a commit
  go_on();
}

void delivery_actor_state::drop_dead_letters(const steer_delivery& request) {
  auto item = new_item();
  std::set<log_offset> dropped;
  for (auto offset : request.offsets) {
    if (dropped.size() == drop_max)
      break;
    auto letter = find_dead_letter(*context_->reader, made_of_.type->name, offset);
    if (!letter) {
      forget_dropping(dropped);
      return request.answer->complete(fail(letter.error()));
    }
    // One that is being tried again is dropped when that has failed.
    if (!*letter || book_->is_under_way(offset) || !dropping_.insert(offset).second)
      continue;
    item.remove(dead_letter_note_key(offset));
    item.happened(dead_letter_dropped{followed_log, offset, (*letter)->type, request.reason});
    dropped.insert(offset);
  }
  auto made = std::move(item).take();
  if (!made || dropped.empty()) {
    forget_dropping(dropped);
    return request.answer->complete(made ? result<std::uint64_t>(0) : fail(made.error()));
  }
  appends_.begin(std::move(*made), [this, answer = request.answer, dropped](const append_verdict& verdict) {
    forget_dropping(dropped);
    auto stored = outcome_of_step(verdict, made_of_.type->name);
    answer->complete(stored ? result<std::uint64_t>(dropped.size()) : fail(stored.error()));
  });
}

void delivery_actor_state::forget_dropping(const std::set<log_offset>& dropped) {
  for (auto offset : dropped)
    dropping_.erase(offset);
}

void delivery_actor_state::set_paused(bool is_paused, const steer_delivery& request) {
  is_paused_ = is_paused;
  phase_ = is_paused ? phase::paused : phase::running;
  promised_.push_back({request.answer, 0, {}});
  is_cursor_changed_ = true;
  go_on();
}

void delivery_actor_state::begin_end(const steer_delivery& request) {
  endings_.push_back(request);
  phase_ = phase::ending;
  feed_.close();
  go_on();
}

void delivery_actor_state::end_if_done() {
  if (phase_ != phase::ending || !crew_.is_idle() || is_committing_)
    return;
  if (book_ && (book_->has_changes() || is_cursor_changed_))
    return; // `commit` has it, or fails
  if (endings_.front().wanted == steer_delivery::wish::remove)
    return forget_parked();
  quit();
}

/// What waits for another attempt is not delivered any more.
void delivery_actor_state::forget_parked() {
  constexpr std::size_t notes_at_once = 500;
  auto parked = read_parked(*context_->reader, made_of_.type->name, before_all_events, notes_at_once);
  if (!parked)
    return quit(fail(parked.error()));
  if (parked->empty())
    return forget_subscriber();
  auto item = new_item();
  for (const auto& each : *parked)
    item.remove(parked_note_key(each.offset));
  is_committing_ = true;
  appends_.begin(std::move(item).take().value(), [this](const append_verdict& verdict) {
    is_committing_ = false;
    auto stored = outcome_of_step(verdict, made_of_.type->name);
    stored ? forget_parked() : quit(fail(stored.error()));
  });
}

void delivery_actor_state::forget_subscriber() {
  auto item = new_item();
  item.remove(std::string(cursor_note_key));
  item.happened(subscriber_removed{followed_log, book_ ? book_->cursor() : before_all_events});
  is_committing_ = true;
  appends_.begin(std::move(item).take().value(), [this](const append_verdict& verdict) {
    is_committing_ = false;
    auto stored = outcome_of_step(verdict, made_of_.type->name);
    quit(stored ? result<std::uint64_t>(0U) : fail(stored.error()));
  });
}

void delivery_actor_state::quit(const result<std::uint64_t>& outcome) {
  made_of_.core->set_phase(subscriber_phase::stopped);
  for (const auto& each : std::exchange(endings_, {}))
    each.answer->complete(outcome);
  crew_.end();
  self_->quit();
}

} // namespace tusker
