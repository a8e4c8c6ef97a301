#include <tusker/actors/stream_step_actor.hpp>

#include <tusker/actors/node_log.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/thrown_error.hpp>

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <variant>

namespace tusker {

namespace {

/// Steps that may wait for the journal. Who steers by hand has a few; a script that has more waits for answers.
constexpr std::size_t steps_max = 256;

auto sentence_of(const stream_step& step) -> std::string {
  if (std::holds_alternative<put_event>(step.change))
    return "an event was appended by hand";
  return std::holds_alternative<truncate_events>(step.change) ? "a stream was truncated by hand"
                                                              : "a stream was closed by hand";
}

} // namespace

void stream_step_actor_state::init(pointer self, std::shared_ptr<const node_context> context) {
  self_ = self;
  context_ = std::move(context);
  appends_.init(self_, context_->journal);
}

void stream_step_actor_state::on_take(const take_stream_step& request) {
  if (appends_.size() >= steps_max)
    return request.answer->complete(
        fail(runtime_errc::overloaded, std::to_string(steps_max) + " steps wait for the journal already"));
  auto shard = shard_of(request.step.stream, context_->reader->shards());
  auto item = item_of(request.step, shard, context_->epochs[shard.value()], context_->clock->now());
  auto then = [this, step = request.step, answer = request.answer](const append_verdict& verdict) {
    auto outcome = outcome_of(step, verdict);
    tell_of(step, outcome);
    answer->complete(std::move(outcome));
  };
  appends_.begin(std::move(item), std::move(then), when_full::refuse);
}

/// What a person did to the truth is to be found again.
void stream_step_actor_state::tell_of(const stream_step& step,
                                      const result<stream_step_outcome>& outcome) const {
  if (!outcome || outcome->kind == receipt_kind::repeated)
    return;
  tell(context_->options.log, {log_level::warning,
                               log_component::journal,
                               sentence_of(step),
                               {{"stream", step.stream.name()},
                                {"version", std::to_string(outcome->version.value())},
                                {"command_id", to_string(step.under)}}});
}

auto make_stream_step_actor(stream_step_actor_state::pointer self,
                            std::shared_ptr<const node_context> context) -> stream_step_actor::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(context));
  return {
      [&state](const take_stream_step& request) { state.on_take(request); },
      [&state](const retry_append& message) { state.on_retry(message); },
  };
}

} // namespace tusker
