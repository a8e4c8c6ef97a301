#include <tusker/actors/projection_actor.hpp>

#include <tusker/actors/crash_policy.hpp>
#include <tusker/actors/node_log.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/subscription_actor.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/read_store_errc.hpp>

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

/// How long a position that is ahead of the last commit is kept in memory alone.
constexpr std::chrono::seconds settle_delay{1};

/// What a commit that frees space is to free. Small enough that the projection's own commits hardly wait for it.
constexpr std::size_t swept_at_once = 5'000;

} // namespace

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

auto projection_actor_state::track_of(std::uint64_t lane_number) -> track* {
  for (auto* each : {&serving_, &building_})
    if (each->lane && each->lane->number == lane_number)
      return each;
  return nullptr;
}

void projection_actor_state::on_open() {
  if (phase_ != phase::opening)
    return;
  auto opened = open_lanes();
  if (!opened && is_passing_failure(opened.error())) {
    made_of_.core->serving()->note_failure(opened.error(), 0);
    self_->delayed_send(self_, delay_after_store_failure(++failures_), open_projection{});
    return;
  }
  failures_ = 0;
  if (!opened)
    return stop(serving_, opened.error());
  if (!*opened)
    return pause();
  phase_ = phase::running;
  for (auto* each : {&serving_, &building_})
    if (each->lane)
      read(*each);
  show_phase();
  note_looks();
  sweep_soon();
  switch_when_due();
}

void projection_actor_state::note_looks() {
  auto looks = std::exchange(looks_, 0);
  if (std::exchange(has_opened_, true))
    made_of_.core->note_looks(looks);
  else
    made_of_.core->forget_wanted();
}

/// Looks into the store for what there is to do. False when the projection is paused.
auto projection_actor_state::open_lanes() -> result<bool> {
  const auto& type = *made_of_.type;
  close_lanes();
  auto head = context_->reader->head(made_of_.log);
  if (!head)
    return fail(head.error());
  auto entry = entry_of_this_journal(*head);
  if (!entry)
    return fail(entry.error());
  // What another version of the code has made of an event, nobody has seen with this one.
  auto is_of_this_code = entry->serving.version == type.version;
  made_of_.core->serving()->begin_at(entry->serving.offset_of(made_of_.log),
                                     is_of_this_code ? told_to::all : told_to::status);
  if (entry->mode == projection_mode::paused)
    return false;
  auto owner = claim(*entry);
  if (!owner)
    return fail(owner.error());
  if (!entry->last_error.empty())
    (void)made_of_.store->set_last_error(type.name, {});
  if (is_of_this_code)
    serving_.lane = make_lane(entry->serving, *owner, *head, made_of_.core->serving());
  if (entry->building || !serving_.lane)
    if (auto opened = open_build(*owner, *head); !opened)
      return fail(opened.error());
  made_of_.core->serving()->forget_failure();
  return true;
}

/// Rows of events that the journal does not have are of another history, and would look like rows of this one as soon
/// as it has grown past them: they go at once.
auto projection_actor_state::entry_of_this_journal(log_offset head) -> result<projection_entry> {
  const auto& type = *made_of_.type;
  auto& store = *made_of_.store;
  auto entry = store.add_projection(type.name, type.version);
  if (!entry || entry->serving.offset_of(made_of_.log) <= head)
    return entry;
  if (auto dropped = store.drop_projection(type.name); !dropped)
    return fail(dropped.error());
  auto fresh = store.add_projection(type.name, type.version);
  if (!fresh)
    return fresh;
  fresh->mode = entry->mode;
  if (auto noted = store.set_mode(type.name, fresh->mode); !noted)
    return fail(noted.error());
  return fresh;
}

auto projection_actor_state::open_build(epoch owner, log_offset head) -> result<void> {
  auto model = begin_build(head);
  if (!model)
    return fail(model.error());
  building_.lane = make_lane(*model, owner, head, made_of_.core->begin_rebuild());
  return {};
}

/// Goes on with the build that is there, if it is of this code and this journal.
auto projection_actor_state::begin_build(log_offset head) -> result<model_entry> {
  const auto& type = *made_of_.type;
  auto plan = build_plan{type.version};
  // Twice, if what was there is not to be gone on with.
  for (;;) {
    auto number = made_of_.store->begin_build(type.name, plan);
    if (!number)
      return fail(number.error());
    auto entry = made_of_.store->find_projection(type.name);
    if (!entry)
      return fail(entry.error());
    const auto* model = *entry ? (*entry)->model(*number) : nullptr;
    if (model != nullptr && model->offset_of(made_of_.log) <= head)
      return *model;
    plan.how = build_start::afresh;
  }
}

auto projection_actor_state::claim(const projection_entry& entry) -> result<epoch> {
  auto verdict = made_of_.store->claim(entry.name, made_of_.log, entry.epoch_of(made_of_.log));
  if (!verdict)
    return fail(verdict.error());
  if (const auto* claimed = std::get_if<log_claimed>(&*verdict))
    return claimed->owner;
  return fail(runtime_errc::projection_displaced,
              "projection " + tusker::quoted(entry.name) + " was taken by somebody else at the same time");
}

auto projection_actor_state::make_lane(const model_entry& model, epoch owner, log_offset head,
                                       const std::shared_ptr<projection_progress>& progress)
    -> std::unique_ptr<model_lane> {
  auto from = model.offset_of(made_of_.log);
  progress->begin_at(from, told_to::all);
  auto parts = projection_run::parts{made_of_.type,    made_of_.store, made_of_.limits,
                                     made_of_.options, progress,       context_->options.log};
  auto target = projection_target{made_of_.type->name, model.number, made_of_.log, owner};
  auto made = std::make_unique<model_lane>(++lanes_, parts, std::move(target), from);
  made->has_caught_up = from >= head;
  return made;
}

void projection_actor_state::read(track& of) {
  const auto& type = *made_of_.type;
  subscription_actor_state::settings reads;
  reads.log = made_of_.log;
  reads.after = of.lane->run.committed();
  reads.filter.types = stored_types_of(type.sources);
  reads.filter.categories = categories_of(type.sources);
  reads.limit.events_max = made_of_.options.commit_events_max;
  auto take = [this, number = of.lane->number](const event_batch& batch) {
    if (auto* reading = track_of(number))
      on_batch(*reading, batch);
  };
  of.lane->feed.open(self_, context_, reads, {std::move(take), [this] { on_lost(); }});
}

void projection_actor_state::on_batch(track& of, const event_batch& batch) {
  if (!batch.outcome)
    return stop(of, batch.outcome.error());
  losses_ = 0;
  of.lane->slices.push_back(batch.slice);
  if (!of.lane->is_waiting)
    work(of);
}

/// A subscription died: its successor reads from the last commit on, so nothing is skipped or handled twice.
void projection_actor_state::on_lost() {
  reopen(delay_after_crash(++losses_, lot()));
}

void projection_actor_state::on_down(const caf::down_msg& down) {
  for (auto* each : {&serving_, &building_})
    if (each->lane)
      each->lane->feed.on_down(down);
}

void projection_actor_state::reopen(std::chrono::milliseconds delay) {
  close_lanes();
  phase_ = phase::opening;
  if (delay > std::chrono::milliseconds(0))
    self_->delayed_send(self_, delay, open_projection{});
  else
    self_->send(self_, open_projection{});
}

void projection_actor_state::close_lanes() {
  serving_ = {};
  building_ = {};
  made_of_.core->forget_rebuild();
}

/// What it calls may end the lane, or make it the one that serves.
void projection_actor_state::work(track& of) {
  while (!of.lane->slices.empty()) {
    auto slice = of.lane->slices.front();
    if (!goes_on(of, of.lane->run.take_in(*slice, context_->clock->now(), lot())))
      return;
    of.lane->slices.pop_front();
    of.lane->has_caught_up = slice->scanned_to >= slice->head;
    of.lane->feed.pull(std::move(slice));
  }
  settle_later(of);
  show_phase();
  switch_when_due();
}

void projection_actor_state::settle_later(track& of) {
  auto& lane = *of.lane;
  if (lane.is_settling || lane.run.position() <= lane.run.committed())
    return;
  lane.is_settling = true;
  self_->delayed_send(self_, settle_delay, settle_projection{lane.number});
}

void projection_actor_state::on_settle(const settle_projection& request) {
  auto* of = track_of(request.lane);
  if (of == nullptr)
    return;
  of->lane->is_settling = false;
  if (of->lane->is_at_rest())
    (void)goes_on(*of, of->lane->run.settle(context_->clock->now()));
}

/// Whether the lane can be given more; if not it may be gone.
auto projection_actor_state::goes_on(track& of, const run_outcome& outcome) -> bool {
  switch (outcome.wants) {
  case run_outcome::what::done:
    return true;
  case run_outcome::what::wait:
    wait(of, outcome.delay);
    return false;
  case run_outcome::what::stop:
    stop(of, outcome.why);
    return false;
  case run_outcome::what::leave:
    // A build that is begun anew or abandoned by its owner is no failure.
    if (&of == &building_)
      reopen(std::chrono::milliseconds(0));
    else
      stop(of, outcome.why);
    return false;
  }
  return false;
}

void projection_actor_state::wait(track& of, std::chrono::milliseconds delay) {
  of.lane->is_waiting = true;
  self_->delayed_send(self_, delay, retry_projection{of.lane->number, ++of.lane->waits});
}

void projection_actor_state::on_retry(const retry_projection& request) {
  auto* of = track_of(request.lane);
  // After a resume the last wait is the one that counts.
  if (of != nullptr && of->lane->is_waiting && of->lane->waits == request.wait)
    try_again(*of);
}

void projection_actor_state::try_again(track& of) {
  of.lane->is_waiting = false;
  work(of);
}

/// Lets the model that is built serve once it has all that there is, and all that queries have seen.
void projection_actor_state::switch_when_due() {
  auto* lane = building_.lane.get();
  if (lane == nullptr || !lane->is_at_rest() || !lane->has_caught_up ||
      lane->run.position() < made_of_.core->serving()->position())
    return;
  if (!goes_on(building_, lane->run.settle(context_->clock->now())))
    return;
  auto switched = made_of_.store->switch_model(made_of_.type->name, lane->model);
  if (switched)
    return finish_rebuild();
  if (is_passing_failure(switched.error()))
    return wait(building_, delay_after_store_failure(++failures_));
  // Somebody has begun another build.
  if (switched.error().code() == read_store_errc::unknown_model)
    return reopen(std::chrono::milliseconds(0));
  stop(building_, switched.error());
}

void projection_actor_state::finish_rebuild() {
  failures_ = 0;
  auto had_failed = serving_.stopped_by.has_value();
  serving_ = std::move(building_);
  building_ = {};
  made_of_.core->end_rebuild();
  if (had_failed)
    (void)made_of_.store->set_last_error(made_of_.type->name, {});
  show_phase();
  sweep_soon();
}

void projection_actor_state::sweep_soon() {
  if (!std::exchange(is_sweeping_, true))
    self_->send(self_, sweep_projection{});
}

/// One part after the other, with what is to be projected in between. What cannot be freed now is at the next start.
void projection_actor_state::on_sweep() {
  is_sweeping_ = false;
  if (auto freed = made_of_.store->sweep(swept_at_once); freed && *freed > 0)
    sweep_soon();
}

void projection_actor_state::on_steer(const steer_projection& request) {
  switch (request.wanted) {
  case steer_projection::wish::pause:
    return pause();
  case steer_projection::wish::resume:
    return resume();
  case steer_projection::wish::rebuild:
    ++looks_;
    return reopen(std::chrono::milliseconds(0));
  case steer_projection::wish::abandon:
    return reopen(std::chrono::milliseconds(0));
  }
}

void projection_actor_state::pause() {
  close_lanes();
  phase_ = phase::stopped;
  made_of_.core->set_phase(projection_phase::paused);
}

void projection_actor_state::resume() {
  if (phase_ == phase::running && !serving_.stopped_by && !building_.stopped_by) {
    // The building one last: it may become the one that serves.
    for (auto* each : {&serving_, &building_})
      if (each->lane && each->lane->is_waiting)
        try_again(*each);
    return;
  }
  made_of_.core->serving()->forget_failure();
  (void)made_of_.store->set_last_error(made_of_.type->name, {});
  reopen(std::chrono::milliseconds(0));
}

void projection_actor_state::stop(track& of, const error& why) {
  of.lane.reset();
  of.stopped_by = why;
  if (phase_ == phase::opening)
    phase_ = phase::stopped;
  made_of_.core->fail_with(why);
  tell(context_->options.log, {log_level::error,
                               log_component::projection,
                               "a projection has failed",
                               {{"projection", made_of_.type->name},
                                {"position", std::to_string(made_of_.core->serving()->position().value())},
                                {"failure", to_string(why)}}});
  // For whoever looks at the store alone; what is wrong may well be the store.
  (void)made_of_.store->set_last_error(made_of_.type->name, to_string(why));
}

void projection_actor_state::show_phase() {
  // A failure was told when it came.
  if (serving_.stopped_by || building_.stopped_by)
    return;
  auto shown =
      serving_.lane && serving_.lane->has_caught_up ? projection_phase::live : projection_phase::catching_up;
  made_of_.core->set_phase(building_.lane ? projection_phase::rebuilding : shown);
}

void projection_actor_state::on_crash(const crash_projection& request) {
  if (request.dying == crash_projection::part::whole)
    return self_->quit(caf::exit_reason::kill);
  for (auto* each : {&serving_, &building_})
    if (each->lane)
      each->lane->feed.crash();
}

void projection_actor_state::on_exit(const caf::exit_msg& exit) {
  // Who looks at the store afterwards sees how far it has looked.
  for (auto* each : {&serving_, &building_})
    if (each->lane && each->lane->is_at_rest())
      (void)each->lane->run.settle(context_->clock->now());
  close_lanes();
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
      [&state](const settle_projection& request) { state.on_settle(request); },
      [&state](const sweep_projection&) { state.on_sweep(); },
      [&state](const steer_projection& request) { state.on_steer(request); },
      [&state](const crash_projection& request) { state.on_crash(request); },
  };
}

} // namespace tusker
