#include <tusker/actors/projection_actor.hpp>

#include <tusker/actors/crash_policy.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/subscription_actor.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <caf/actor_cast.hpp>
#include <caf/exit_reason.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <utility>
#include <variant>

namespace tusker {

namespace {

/// Two, so that the next batch is read while one is handled.
constexpr int pulls_ahead = 2;

/// How long a position that is ahead of the last commit is kept in memory alone.
constexpr std::chrono::seconds settle_delay{1};

} // namespace

projection_actor_state::~projection_actor_state() {
  // Also when it crashed: a subscription has nobody else who would end it.
  if (reader_)
    caf::anon_send_exit(reader_, caf::exit_reason::user_shutdown);
}

void projection_actor_state::init(pointer self, std::shared_ptr<const node_context> context,
                                  settings made_of) {
  self_ = self;
  context_ = std::move(context);
  made_of_ = std::move(made_of);
  lots_.seed(static_cast<std::minstd_rand::result_type>(self_->id()));
  self_->send(self_, open_projection{});
}

auto projection_actor_state::lot() -> double {
  return std::uniform_real_distribution<double>()(lots_);
}

void projection_actor_state::on_open() {
  if (phase_ != phase::opening)
    return;
  auto opened = open_run();
  if (!opened && is_passing_failure(opened.error())) {
    made_of_.parts.core->note_failure(opened.error(), 0);
    self_->delayed_send(self_, delay_after_store_failure(++failed_opens_), open_projection{});
    return;
  }
  failed_opens_ = 0;
  if (!opened)
    return stop_for(opened.error());
  if (!run_)
    return pause();
  phase_ = phase::reading;
  made_of_.parts.core->set_phase(projection_phase::catching_up);
  subscribe();
}

/// Makes the run, unless the projection is paused.
auto projection_actor_state::open_run() -> result<void> {
  const auto& type = *made_of_.parts.type;
  auto entry = made_of_.parts.store->add_projection(type.name, type.version);
  if (!entry)
    return fail(entry.error());
  auto from = entry->serving.offset_of(made_of_.log);
  made_of_.parts.core->set_position(from);
  if (entry->mode == projection_mode::paused)
    return {};
  if (entry->serving.version != type.version) {
    return fail(runtime_errc::projection_outdated,
                "the rows of projection " + tusker::quoted(type.name) + " are of version " +
                    std::to_string(entry->serving.version.value()) + " of its code, which is of version " +
                    std::to_string(type.version.value()) + " now: they have to be built anew");
  }
  if (auto checked = check_offset(from); !checked)
    return checked;
  auto owner = claim(*entry);
  if (!owner)
    return fail(owner.error());
  if (!entry->last_error.empty())
    (void)made_of_.parts.store->set_last_error(type.name, {});
  auto target = projection_target{type.name, entry->serving.number, made_of_.log, *owner};
  run_.emplace(made_of_.parts, std::move(target), from);
  return {};
}

/// Rows of events that the journal does not have would never be made right by going on.
auto projection_actor_state::check_offset(log_offset offset) const -> result<void> {
  auto head = context_->reader->head(made_of_.log);
  if (!head)
    return fail(head.error());
  if (offset > *head) {
    return fail(runtime_errc::projection_outdated,
                "the rows of projection " + tusker::quoted(made_of_.parts.type->name) +
                    " are made of events up to offset " + std::to_string(offset.value()) +
                    ", and the journal ends at " + std::to_string(head->value()) +
                    ": was it restored? They have to be built anew");
  }
  return {};
}

auto projection_actor_state::claim(const projection_entry& entry) -> result<epoch> {
  auto verdict = made_of_.parts.store->claim(entry.name, made_of_.log, entry.epoch_of(made_of_.log));
  if (!verdict)
    return fail(verdict.error());
  if (const auto* claimed = std::get_if<log_claimed>(&*verdict))
    return claimed->owner;
  return fail(runtime_errc::projection_displaced,
              "projection " + tusker::quoted(entry.name) + " was taken by somebody else at the same time");
}

void projection_actor_state::subscribe() {
  ++generation_;
  const auto& type = *made_of_.parts.type;
  subscription_actor_state::settings reads;
  reads.log = made_of_.log;
  reads.after = run_->committed();
  reads.filter.types = type.stored_types();
  reads.filter.categories = type.categories();
  reads.limit.events_max = made_of_.parts.options.commit_events_max;
  reader_ = spawn_subscription(self_->system(), context_, std::move(reads));
  // A pull that it has taken is not answered when it dies.
  self_->monitor(reader_);
  for (auto ahead = 0; ahead < pulls_ahead; ++ahead)
    pull(generation_);
}

void projection_actor_state::pull(std::uint64_t generation) {
  self_->request(reader_, caf::infinite, pull_events{})
      .then(
          [this, generation](const event_batch& batch) {
            if (generation == generation_)
              on_batch(batch);
          },
          [this, generation](const caf::error&) { on_lost(generation); });
}

void projection_actor_state::on_batch(const event_batch& batch) {
  if (!batch.outcome)
    return stop_for(batch.outcome.error());
  losses_ = 0;
  slices_.push_back(batch.slice);
  if (phase_ == phase::reading)
    work();
}

void projection_actor_state::on_down(const caf::down_msg& down) {
  // One that ended in order has told why in a batch, which this message may have overtaken.
  auto has_crashed = down.reason && down.reason != caf::exit_reason::normal;
  if (has_crashed && reader_ && reader_.address() == down.source)
    on_lost(generation_);
}

/// The subscription died: its successor reads from the last commit on, so nothing is skipped or handled twice.
void projection_actor_state::on_lost(std::uint64_t generation) {
  if (generation != generation_ || !reader_)
    return;
  end_reading();
  phase_ = phase::opening;
  self_->delayed_send(self_, delay_after_crash(++losses_, lot()), open_projection{});
}

void projection_actor_state::work() {
  auto& core = *made_of_.parts.core;
  while (!slices_.empty()) {
    const auto slice = slices_.front();
    if (!goes_on(run_->take_in(*slice, context_->clock->now(), lot())))
      return;
    slices_.pop_front();
    core.set_position(run_->position());
    core.set_phase(slice->scanned_to >= slice->head ? projection_phase::live : projection_phase::catching_up);
    pull(generation_);
  }
  settle_later();
}

void projection_actor_state::settle_later() {
  if (is_settling_ || run_->position() <= run_->committed())
    return;
  is_settling_ = true;
  self_->delayed_send(self_, settle_delay, settle_projection{});
}

void projection_actor_state::on_settle() {
  is_settling_ = false;
  if (phase_ == phase::reading && slices_.empty())
    (void)goes_on(run_->settle(context_->clock->now()));
}

/// Whether the run can be given more.
auto projection_actor_state::goes_on(const run_outcome& outcome) -> bool {
  switch (outcome.wants) {
  case run_outcome::what::done:
    return true;
  case run_outcome::what::wait:
    phase_ = phase::waiting;
    self_->delayed_send(self_, outcome.delay, retry_projection{generation_});
    return false;
  case run_outcome::what::stop:
    stop_for(outcome.why);
    return false;
  }
  return false;
}

void projection_actor_state::on_retry(const retry_projection& request) {
  if (phase_ != phase::waiting || request.generation != generation_)
    return;
  phase_ = phase::reading;
  work();
}

void projection_actor_state::on_steer(const steer_projection& request) {
  request.wanted == steer_projection::wish::pause ? pause() : resume();
}

void projection_actor_state::pause() {
  end_reading();
  phase_ = phase::stopped;
  made_of_.parts.core->set_phase(projection_phase::paused);
}

void projection_actor_state::resume() {
  if (phase_ == phase::waiting)
    return on_retry({generation_});
  if (phase_ != phase::stopped)
    return;
  made_of_.parts.core->forget_failure();
  (void)made_of_.parts.store->set_last_error(made_of_.parts.type->name, {});
  phase_ = phase::opening;
  on_open();
}

void projection_actor_state::stop_for(const error& why) {
  end_reading();
  phase_ = phase::stopped;
  made_of_.parts.core->fail_with(why);
  // For whoever looks at the store alone; what is wrong may well be the store.
  (void)made_of_.parts.store->set_last_error(made_of_.parts.type->name, to_string(why));
}

void projection_actor_state::end_reading() {
  ++generation_;
  run_.reset();
  slices_.clear();
  if (auto reader = std::exchange(reader_, nullptr))
    self_->send_exit(reader, caf::exit_reason::user_shutdown);
}

void projection_actor_state::on_crash(const crash_projection& request) {
  if (request.dying == crash_projection::part::whole)
    return self_->quit(caf::exit_reason::kill);
  if (reader_)
    self_->send_exit(reader_, caf::exit_reason::kill);
}

void projection_actor_state::on_exit(const caf::exit_msg& exit) {
  end_reading();
  self_->quit(exit.reason);
}

auto make_projection_actor(projection_actor_state::pointer self, std::shared_ptr<const node_context> context,
                           projection_actor_state::settings made_of) -> projection_actor::behavior_type {
  auto& state = self->state;
  state.init(self, std::move(context), std::move(made_of));
  self->set_exit_handler([&state](const caf::exit_msg& exit) { state.on_exit(exit); });
  self->set_down_handler([&state](const caf::down_msg& down) { state.on_down(down); });
  self->set_exception_handler(error_of_exception);
  return {
      [&state](const open_projection&) { state.on_open(); },
      [&state](const retry_projection& request) { state.on_retry(request); },
      [&state](const settle_projection&) { state.on_settle(); },
      [&state](const steer_projection& request) { state.on_steer(request); },
      [&state](const crash_projection& request) { state.on_crash(request); },
  };
}

} // namespace tusker
