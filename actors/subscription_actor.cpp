#include <tusker/actors/subscription_actor.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/spawn_apart.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <utility>

namespace tusker {

namespace {

/// How long a reader leaves a journal alone that is being opened again, or has no room for one more reader.
constexpr std::chrono::milliseconds retry_delay{100};

/// A consumer that wants little is told how far the log was looked through each time it is so far.
constexpr std::uint64_t untold_max = 100'000;

auto is_passing(const error& why) -> bool {
  return why.code() == journal_errc::reopening || why.code() == journal_errc::too_many_readers;
}

auto read(const node_context& context, const subscription_actor_state::settings& what) -> result<log_slice> {
  try {
    return context.reader->read_log(what.log, what.after, what.limit, what.filter);
  } catch (const std::exception& thrown) {
    return fail(journal_errc::io_error, std::string("the journal's engine threw: ") + thrown.what());
  } catch (...) {
    return fail(journal_errc::io_error, "the journal's engine threw");
  }
}

} // namespace

void subscription_actor_state::init(pointer self, std::shared_ptr<const node_context> context,
                                    settings made_of) {
  self_ = self;
  context_ = std::move(context);
  made_of_ = std::move(made_of);
  told_to_ = made_of_.after;
}

subscription_actor_state::~subscription_actor_state() {
  if (ticket_)
    context_->positions->forget(*ticket_);
}

auto subscription_actor_state::on_pull() -> caf::typed_response_promise<event_batch> {
  auto promise = self_->make_response_promise<event_batch>();
  if (phase_ == phase::ended || pulls_.size() >= made_of_.credits_max) {
    promise.deliver(event_batch{made_of_.after, nullptr,
                                fail(runtime_errc::overloaded, "the subscription takes no more pulls")});
    return promise;
  }
  pulls_.push_back(promise);
  if (phase_ == phase::idle)
    read_soon();
  return promise;
}

void subscription_actor_state::read_soon() {
  phase_ = phase::reading;
  self_->send(self_, read_on{});
}

void subscription_actor_state::on_read() {
  if (phase_ != phase::reading)
    return;
  auto slice = read(*context_, made_of_);
  if (!slice && is_passing(slice.error())) {
    self_->delayed_send(self_, retry_delay, read_on{});
    return;
  }
  if (!slice)
    return deliver_error(slice.error());
  auto has_moved = slice->scanned_to > made_of_.after;
  auto has_caught_up = slice->scanned_to >= slice->head;
  auto has_come_far = slice->scanned_to.value() - told_to_.value() >= untold_max;
  if (!slice->events.empty() || (has_moved && (has_caught_up || has_come_far)))
    return deliver(std::move(*slice));
  made_of_.after = slice->scanned_to;
  if (has_caught_up)
    return wait_for_growth();
  read_soon();
}

void subscription_actor_state::wait_for_growth() {
  phase_ = phase::waiting;
  // An address keeps nobody alive: the board outlives its listeners.
  auto address = self_->address();
  ticket_ = context_->positions->await(made_of_.log, made_of_.after, [address](log_offset) {
    if (auto waiting = caf::actor_cast<subscription_actor>(address))
      caf::anon_send(waiting, log_has_grown{});
  });
}

void subscription_actor_state::on_growth() {
  if (phase_ != phase::waiting)
    return;
  ticket_.reset();
  read_soon();
}

void subscription_actor_state::deliver(log_slice slice) {
  auto after = std::exchange(made_of_.after, slice.scanned_to);
  told_to_ = slice.scanned_to;
  pulls_.front().deliver(event_batch{after, std::make_shared<const log_slice>(std::move(slice)), {}});
  pulls_.pop_front();
  if (pulls_.empty())
    phase_ = phase::idle;
  else
    read_soon();
}

void subscription_actor_state::deliver_error(const error& why) {
  phase_ = phase::ended;
  for (auto& pull : std::exchange(pulls_, {}))
    pull.deliver(event_batch{made_of_.after, nullptr, fail(why)});
  self_->quit();
}

auto make_subscription_actor(subscription_actor_state::pointer self,
                             std::shared_ptr<const node_context> context,
                             subscription_actor_state::settings made_of)
    -> subscription_actor::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(context), std::move(made_of));
  return {
      [&state](const pull_events&) { return state.on_pull(); },
      [&state](const read_on&) { state.on_read(); },
      [&state](const log_has_grown&) { state.on_growth(); },
  };
}

auto spawn_subscription(caf::actor_system& system, std::shared_ptr<const node_context> context,
                        subscription_actor_state::settings made_of) -> subscription_actor {
  auto wants_thread = made_of.wants_thread || context->reader->locality() == read_locality::remote;
  auto has_thread = wants_thread && context->has_threads;
  return spawn_apart(has_thread, system, make_subscription_actor, std::move(context), std::move(made_of));
}

} // namespace tusker
