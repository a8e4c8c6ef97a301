#include <tusker/actors/delivery_actor.hpp>

#include <tusker/actors/crash_policy.hpp>
#include <tusker/actors/followed_log.hpp>
#include <tusker/actors/projection_run.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/content_hash.hpp>
#include <tusker/model/delivery_events.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/model/visitor.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <caf/actor_system.hpp>
#include <caf/sec.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace tusker {

namespace {

/// Notes of one commit: well within what an item may hold, even if all have long failures to tell.
constexpr std::size_t commit_entries_max = 128;
/// Dead letters that are dropped at once.
constexpr std::size_t drop_max = 256;
/// A longer key is its hash: order needs no more, and many are kept.
constexpr std::size_t key_bytes_max = 100;
/// Events in one read: two reads are ahead.
constexpr std::size_t batch_events_max = 256;
/// How long it takes at the most to notice that a wall clock was set forward.
constexpr std::chrono::seconds tick_max{60};

auto lane_key(std::string_view key) -> std::string {
  if (key.size() <= key_bytes_max)
    return std::string(key);
  auto parts = std::array<std::string_view, 1>{key};
  uuid hashed;
  hashed.bytes = hash_of(parts).bytes;
  return to_string(hashed);
}

/// The verdict about an item that must be recorded.
auto outcome_of(const append_verdict& verdict, const std::string& subscriber) -> result<void> {
  if (std::holds_alternative<appended>(verdict) || std::holds_alternative<duplicate_command>(verdict))
    return {};
  if (const auto* no = std::get_if<refused>(&verdict))
    return fail(no->why);
  if (std::holds_alternative<fenced>(verdict))
    return fail(runtime_errc::subscriber_displaced,
                "another node owns subscriber " + tusker::quoted(subscriber) + " now");
  return fail(journal_errc::invalid_item,
              "the journal refused a step of subscriber " + tusker::quoted(subscriber));
}

auto cut(std::string text) -> std::string {
  if (text.size() > failure_bytes_max) {
    text.resize(failure_bytes_max);
    // Not in the middle of a character.
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U)
      text.pop_back();
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0x80U)
      text.pop_back();
    text += "…";
  }
  return text;
}

} // namespace

void delivery_actor_state::init(pointer self, std::shared_ptr<const node_context> context,
                                delivery_parts made_of) {
  self_ = self;
  context_ = std::move(context);
  made_of_ = std::move(made_of);
  lots_.seed(static_cast<std::minstd_rand::result_type>(self_->id()));
  appends_.init(self_, context_->journal);
  crew_.init(self_, context_, made_of_);
  self_->send(self_, open_delivery{});
}

auto delivery_actor_state::now() -> timestamp {
  return clock_.now(context_->clock->now(), self_->clock().now());
}

// --- opening ---------------------------------------------------------------------------------------------------------

void delivery_actor_state::on_open() {
  if (phase_ == phase::ending || phase_ == phase::failed)
    return;
  auto is_there = book_ ? result<bool>(true) : load();
  if (!is_there && is_passing_failure(is_there.error())) {
    self_->delayed_send(self_, delay_after_store_failure(++losses_), open_delivery{});
    return;
  }
  if (!is_there)
    return fail_with(is_there.error());
  if (!*is_there)
    return add_subscriber();
  open_feed();
}

/// Whether the subscriber is known to the journal.
auto delivery_actor_state::load() -> result<bool> {
  const auto& type = *made_of_.type;
  auto cursor = find_cursor(*context_->reader, type.name);
  if (!cursor)
    return fail(cursor.error());
  if (!*cursor)
    return false;
  if ((*cursor)->topic != type.topic)
    return fail(runtime_errc::duplicate_type, "subscriber " + tusker::quoted(type.name) + " is of topic " +
                                                  tusker::quoted((*cursor)->topic) + ", not of " +
                                                  tusker::quoted(type.topic) +
                                                  ": unsubscribe it first, or take another name");
  if (auto loaded = load_book(**cursor); !loaded)
    return fail(loaded.error());
  is_paused_ = (*cursor)->is_paused;
  phase_ = is_paused_ ? phase::paused : phase::running;
  return true;
}

auto delivery_actor_state::load_book(const delivery_cursor& cursor) -> result<void> {
  constexpr std::size_t notes_at_once = 1'000;
  const auto& options = made_of_.options;
  delivery_book book(options.retries, {options.window_max, options.parked_max}, cursor.offset);
  for (auto after = before_all_events;;) {
    auto parked = read_parked(*context_->reader, made_of_.type->name, after, notes_at_once);
    if (!parked)
      return fail(parked.error());
    if (parked->empty())
      break;
    after = parked->back().offset;
    for (auto& each : *parked)
      book.restore(std::move(each));
  }
  for (auto after = cursor.offset;;) {
    auto dead = read_dead_letters(*context_->reader, made_of_.type->name, after, notes_at_once);
    if (!dead)
      return fail(dead.error());
    if (dead->empty())
      break;
    after = dead->back().offset;
    for (const auto& each : *dead)
      book.restore_dead(each.offset);
  }
  book_.emplace(std::move(book));
  return {};
}

/// It begins where it is wanted to, and that is durable before it is given anything.
void delivery_actor_state::add_subscriber() {
  auto head = context_->reader->head(followed_log);
  if (!head && is_passing_failure(head.error())) {
    self_->delayed_send(self_, delay_after_store_failure(++losses_), open_delivery{});
    return;
  }
  if (!head)
    return fail_with(head.error());
  auto start = std::visit(visitor{
                              [](const from_beginning&) { return before_all_events; },
                              [&](const from_end&) { return *head; },
                              [](const from_after& behind) { return behind.offset; },
                          },
                          made_of_.options.from);
  auto item = new_item();
  item.put(delivery_cursor{made_of_.type->topic, followed_log, start});
  item.happened(subscriber_added{made_of_.type->topic, followed_log, start});
  auto made = std::move(item).take();
  if (!made)
    return fail_with(made.error());
  is_committing_ = true;
  appends_.begin(std::move(*made), [this](const append_verdict& verdict) {
    is_committing_ = false;
    if (auto added = outcome_of(verdict, made_of_.type->name); !added)
      fail_with(added.error());
    if (phase_ == phase::ending)
      return end_if_done();
    self_->send(self_, open_delivery{});
  });
}

void delivery_actor_state::open_feed() {
  const auto& type = *made_of_.type;
  subscription_actor_state::settings reads;
  reads.log = followed_log;
  // What was taken in stays: a feed that was lost goes on behind it.
  reads.after = book_->scanned_to();
  reads.filter.categories = categories_of(type.sources);
  if (type.stream)
    reads.filter.stream_prefix = type.stream->name();
  else
    reads.filter.types = stored_types_of(type.sources);
  reads.limit.events_max = batch_events_max;
  owed_pulls_ = 0;
  // Where there is nothing to read, no batch will say so.
  auto head = context_->reader->head(followed_log);
  has_caught_up_ = head && reads.after >= *head;
  feed_.open(self_, context_, reads,
             {[this](const event_batch& batch) { on_batch(batch); },
              [this] { self_->delayed_send(self_, delay_after_crash(++losses_, 0), open_delivery{}); }});
  go_on();
}

// --- messages --------------------------------------------------------------------------------------------------------

void delivery_actor_state::on_batch(const event_batch& batch) {
  if (!batch.outcome)
    return fail_with(batch.outcome.error());
  losses_ = 0;
  for (const auto& message : batch.slice->events)
    if (made_of_.type->wants(message))
      book_->take_in(std::shared_ptr<const recorded_event>(batch.slice, &message), key_of(message));
  book_->advance(batch.slice->scanned_to);
  has_caught_up_ = batch.slice->scanned_to >= batch.slice->head;
  ++owed_pulls_;
  go_on();
}

auto delivery_actor_state::key_of(const recorded_event& message) const -> std::string {
  switch (made_of_.options.order) {
  case delivery_order::by_key:
    return lane_key(made_of_.type->stream ? message_key(message.data.meta) : message.stream.name());
  case delivery_order::strict:
    return "*";
  case delivery_order::unordered:
    break;
  }
  return {};
}

/// After whatever has changed.
void delivery_actor_state::go_on() {
  if (book_ && phase_ != phase::failed) {
    pull();
    hand_out();
  }
  // One that has failed stores what it knows all the same.
  if (book_)
    commit();
  if (book_)
    schedule_tick();
  tell_status();
  end_if_done();
}

void delivery_actor_state::pull() {
  for (; owed_pulls_ > 0 && book_->has_room(); --owed_pulls_)
    feed_.pull();
}

void delivery_actor_state::hand_out() {
  while (phase_ == phase::running && crew_.has_idle()) {
    auto job = book_->next(now());
    if (!job)
      return;
    auto message = job->message ? std::move(job->message) : load_message(*job);
    if (message)
      crew_.begin({job->offset, std::move(message)}, {job->attempt, std::move(job->last_failure)});
  }
}

/// One that waited is read again: its place is known, and it need not be held meanwhile. Null when that failed, which
/// is noted.
auto delivery_actor_state::load_message(const delivery_job& job) -> std::shared_ptr<const recorded_event> {
  auto found = find_event(*context_->reader, {followed_log, job.offset});
  if (found && *found)
    return std::make_shared<const recorded_event>(std::move(**found));
  if (!found) {
    // That says nothing of the message.
    book_->postpone(job.offset, now() + delay_after_store_failure(1));
    return nullptr;
  }
  recorded_event gone;
  gone.at = {followed_log, job.offset};
  fail_job({job.offset, std::make_shared<const recorded_event>(std::move(gone))},
           {model_errc::unknown_event_type, "the message is not there any more: it was truncated"},
           delivery_book::failure_kind::final);
  return nullptr;
}

void delivery_actor_state::on_handled(const message_handled& news) {
  auto done = crew_.on_handled(news);
  if (done)
    finish(*done, news.outcome);
  else
    made_of_.core->note_late_answer();
  go_on();
}

void delivery_actor_state::finish(const delivery_crew::job& done, const delivery_outcome& outcome) {
  if (!book_)
    return; // it is delivered again by the next life
  ++handled_since_commit_;
  if (outcome.outcome) {
    book_->succeeded(done.offset);
    return made_of_.core->note_handled();
  }
  using kind = delivery_book::failure_kind;
  fail_job(done, outcome.outcome.error(),
           outcome.prospect == retry_prospect::none ? kind::final : kind::passing);
}

void delivery_actor_state::fail_job(const delivery_crew::job& failed, const error& why,
                                    delivery_book::failure_kind kind) {
  if (!book_)
    return;
  made_of_.core->note_failed_attempt(why);
  auto lot = std::uniform_real_distribution<double>()(lots_);
  auto fate = book_->failed(failed.offset, {now(), cut(to_string(why))}, kind, lot);
  if (fate == delivery_book::fate::dead)
    dying_[failed.offset] = failed.message;
}

void delivery_actor_state::on_down(const caf::down_msg& down) {
  feed_.on_down(down);
  if (auto had = crew_.on_down(down))
    fail_job(*had, {runtime_errc::handler_failed, "the worker died: " + self_->system().render(down.reason)},
             delivery_book::failure_kind::passing);
  go_on();
}

void delivery_actor_state::on_tick(const delivery_tick& tick) {
  if (tick.count != tick_count_)
    return;
  next_tick_.reset();
  for (const auto& late : crew_.take_late())
    fail_job(late,
             {runtime_errc::timed_out, "the handler did not return within " +
                                           std::to_string(made_of_.options.handler_deadline.count()) +
                                           " ms (handler_deadline)"},
             delivery_book::failure_kind::passing);
  if (crew_.is_exhausted() && phase_ == phase::running)
    fail_with({runtime_errc::timed_out, std::to_string(crew_.left_behind()) +
                                            " threads are away in handlers past their deadline "
                                            "(left_behind_max); resume it when they have returned"});
  go_on();
}

/// One timer at most, and one that is overtaken is told apart by its count.
void delivery_actor_state::schedule_tick() {
  using time_point = deadline_queue::time_point;
  auto steady = self_->clock().now();
  auto wanted = crew_.earliest_deadline();
  if (settle_at_ && handled_since_commit_ == 0 && !is_committing_)
    wanted = wanted ? std::min(*wanted, *settle_at_) : *settle_at_;
  if (auto due = book_->next_due(); due && phase_ == phase::running && crew_.has_idle()) {
    auto wait = std::clamp<std::chrono::microseconds>(*due - now(), std::chrono::microseconds(0), tick_max);
    auto at = steady + std::chrono::duration_cast<time_point::duration>(wait);
    wanted = wanted ? std::min(*wanted, at) : at;
  }
  if (!wanted || (next_tick_ && *next_tick_ <= *wanted))
    return;
  next_tick_ = wanted;
  auto wait = std::max(*wanted - steady, time_point::duration::zero());
  self_->delayed_send(self_, wait, delivery_tick{++tick_count_});
}

void delivery_actor_state::tell_status() {
  if (!book_)
    return;
  made_of_.core->note_load({book_->position(), book_->parked(), book_->in_flight(), crew_.left_behind()});
  if (phase_ == phase::paused)
    made_of_.core->set_phase(subscriber_phase::paused);
  else if (phase_ == phase::running)
    made_of_.core->set_phase(has_caught_up_ && book_->open() == 0 ? subscriber_phase::live
                                                                  : subscriber_phase::catching_up);
}

void delivery_actor_state::fail_with(const error& why) {
  made_of_.core->fail_with(why);
  if (phase_ != phase::ending)
    phase_ = phase::failed;
  feed_.close();
}

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

/// Others commit all the time, and what they do is mostly not wanted here: to have looked at it is no reason for a commit
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
  promised_now_ = std::exchange(promised_, {});
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
  for (const auto& dead : changes.dead) {
    auto message = dying_.extract(dead.offset);
    auto before = dead.was_dead ? find_dead_letter(*context_->reader, type.name, dead.offset)
                                : result<std::optional<dead_letter>>();
    if (!before)
      return fail(before.error());
    auto letter = dead_letter_of(type.name, type.topic, *message.mapped(), dead, now(), *before);
    auto failure = letter.attempts.empty() ? std::string() : letter.attempts.back().failure;
    item.put(letter);
    item.happened(
        message_dead_lettered{followed_log, dead.offset, letter.type, letter.attempts_made, failure});
  }
  made_of_.core->note_dead_letters(changes.dead.size());
  return {};
}

void delivery_actor_state::on_committed(const append_verdict& verdict) {
  is_committing_ = false;
  auto stored = outcome_of(verdict, made_of_.type->name);
  keep_promises(stored);
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
    if (!*letter || book_->knows(offset))
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
  std::uint64_t count = 0;
  for (auto offset : std::set<log_offset>(request.offsets.begin(), request.offsets.end())) {
    if (count == drop_max)
      break;
    auto letter = find_dead_letter(*context_->reader, made_of_.type->name, offset);
    if (!letter)
      return request.answer->complete(fail(letter.error()));
    // One that is being tried again is dropped when that has failed.
    if (!*letter || book_->knows(offset))
      continue;
    item.remove(dead_letter_note_key(offset));
    item.happened(dead_letter_dropped{followed_log, offset, (*letter)->type, request.reason});
    ++count;
  }
  auto made = std::move(item).take();
  if (!made || count == 0)
    return request.answer->complete(made ? result<std::uint64_t>(0) : fail(made.error()));
  appends_.begin(std::move(*made), [this, answer = request.answer, count](const append_verdict& verdict) {
    auto stored = outcome_of(verdict, made_of_.type->name);
    answer->complete(stored ? result<std::uint64_t>(count) : fail(stored.error()));
  });
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
    auto stored = outcome_of(verdict, made_of_.type->name);
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
    auto stored = outcome_of(verdict, made_of_.type->name);
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

void delivery_actor_state::on_crash(const crash_delivery& request) {
  switch (request.dying) {
  case crash_delivery::part::whole:
    self_->quit(caf::sec::runtime_error);
    break;
  case crash_delivery::part::reader:
    feed_.crash();
    break;
  case crash_delivery::part::worker:
    crew_.crash(request.worker);
    break;
  }
}

void delivery_actor_state::on_exit(const caf::exit_msg& exit) {
  made_of_.core->set_phase(subscriber_phase::stopped);
  feed_.close();
  crew_.end();
  self_->quit(exit.reason);
}

auto make_delivery_actor(delivery_actor_state::pointer self, std::shared_ptr<const node_context> context,
                         delivery_parts made_of) -> delivery_actor::behavior_type {
  auto& state = self->state;
  state.init(self, std::move(context), std::move(made_of));
  self->set_down_handler([&state](const caf::down_msg& down) { state.on_down(down); });
  self->set_exit_handler([&state](const caf::exit_msg& exit) { state.on_exit(exit); });
  return {
      [&state](const open_delivery&) { state.on_open(); },
      [&state](const message_handled& news) { state.on_handled(news); },
      [&state](const delivery_tick& tick) { state.on_tick(tick); },
      [&state](const steer_delivery& request) { state.on_steer(request); },
      [&state](const retry_append& message) { state.on_retry(message); },
      [&state](const crash_delivery& request) { state.on_crash(request); },
  };
}

} // namespace tusker
