#include <tusker/actors/delivery_actor.hpp>

#include <tusker/actors/crash_policy.hpp>
#include <tusker/actors/delivery_loading.hpp>
#include <tusker/actors/delivery_rules.hpp>
#include <tusker/actors/followed_log.hpp>
#include <tusker/actors/node_log.hpp>
#include <tusker/actors/projection_run.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/delivery_events.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/visitor.hpp>

#include <caf/actor_system.hpp>
#include <caf/sec.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <string_view>

namespace tusker {

namespace {

/// Events in one read: two reads are ahead.
constexpr std::size_t batch_events_max = 256;
/// How long it takes at the most to notice that a wall clock was set forward.
constexpr std::chrono::seconds tick_max{60};

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
  return context_->clock->now();
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
  if ((*cursor)->topic != type.topic) {
    return fail(runtime_errc::duplicate_type, "subscriber " + tusker::quoted(type.name) + " is of topic " +
                                                  tusker::quoted((*cursor)->topic) + ", not of " +
                                                  tusker::quoted(type.topic) +
                                                  ": unsubscribe it first, or take another name");
  }
  const auto& options = made_of_.options;
  auto book = load_delivery_book(*context_->reader, type.name, **cursor, options.retries,
                                 {options.window_max, options.parked_max}, now());
  if (!book)
    return fail(book.error());
  book_.emplace(std::move(*book));
  is_paused_ = (*cursor)->is_paused;
  phase_ = is_paused_ ? phase::paused : phase::running;
  return true;
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
    if (auto added = outcome_of_step(verdict, made_of_.type->name); !added)
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
  reads.wants_thread = type.route != nullptr; // Commands come of it, which workers are to be there for.
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
    if (made_of_.type->order_key)
      return lane_key_of(made_of_.type->order_key(message));
    return lane_key_of(made_of_.type->stream ? message_key(message.data.meta) : message.stream.name());
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
    if (!message)
      continue;
    auto done = crew_.begin({job->offset, std::move(message)}, {job->attempt, std::move(job->last_failure)});
    // Not now: the book is being asked what is next.
    if (done)
      self_->send(self_, std::move(*done));
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

void delivery_actor_state::on_routed(const message_routed& news) {
  if (auto done = crew_.on_routed(news))
    on_handled(*done);
}

void delivery_actor_state::on_again(const route_again& request) {
  if (auto done = crew_.on_again(request))
    on_handled(*done);
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
  auto fate = book_->failed(failed.offset, {now(), kept_failure(to_string(why))}, kind, lot);
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
  if (!ticks_.take(tick.count))
    return;
  for (const auto& late : crew_.take_late()) {
    fail_job(late,
             {runtime_errc::timed_out,
              (made_of_.type->route ? "the commands that came of it were not answered within "
                                    : "the handler did not return within ") +
                  std::to_string(made_of_.options.handler_deadline.count()) + " ms (handler_deadline)"},
             delivery_book::failure_kind::passing);
  }
  if (crew_.is_exhausted() && phase_ == phase::running)
    fail_with({runtime_errc::timed_out, std::to_string(crew_.left_behind()) +
                                            " threads are away in handlers past their deadline "
                                            "(left_behind_max); resume it when they have returned"});
  go_on();
}

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
  // A message that is on its way keeps an actor in memory, and a thread of its own with it, also when it has ended.
  if (wanted)
    wanted = std::min<time_point>(*wanted, steady + tick_max);
  if (auto tick = ticks_.next(wanted, steady))
    self_->delayed_send(self_, tick->wait, delivery_tick{tick->count});
}

void delivery_actor_state::tell_status() {
  if (!book_)
    return;
  // What is given up waits until it is a dead letter: else it would be nowhere for as long as the commit takes.
  made_of_.core->note_load(
      {book_->position(), book_->parked() + book_->dying(), book_->in_flight(), crew_.left_behind()});
  if (phase_ == phase::paused)
    made_of_.core->set_phase(subscriber_phase::paused);
  else if (phase_ == phase::running)
    made_of_.core->set_phase(has_caught_up_ && book_->open() == 0 ? subscriber_phase::live
                                                                  : subscriber_phase::catching_up);
}

void delivery_actor_state::fail_with(const error& why) {
  made_of_.core->fail_with(why);
  tell(context_->options.log, {log_level::error,
                               log_component::queue,
                               "a subscriber has failed",
                               {{"queue", made_of_.type->name},
                                {"position", std::to_string(made_of_.core->position().value())},
                                {"failure", to_string(why)}}});
  if (phase_ != phase::ending)
    phase_ = phase::failed;
  feed_.close();
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
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(context), std::move(made_of));
  self->set_down_handler([&state](const caf::down_msg& down) { state.on_down(down); });
  self->set_exit_handler([&state](const caf::exit_msg& exit) { state.on_exit(exit); });
  return {
      [&state](const open_delivery&) { state.on_open(); },
      [&state](const message_handled& news) { state.on_handled(news); },
      [&state](const message_routed& news) { state.on_routed(news); },
      [&state](const route_again& request) { state.on_again(request); },
      [&state](const delivery_tick& tick) { state.on_tick(tick); },
      [&state](const steer_delivery& request) { state.on_steer(request); },
      [&state](const retry_append& message) { state.on_retry(message); },
      [&state](const crash_delivery& request) { state.on_crash(request); },
  };
}

} // namespace tusker
