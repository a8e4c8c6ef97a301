#include <tusker/actors/dead_command_actor.hpp>

#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/expected_version.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <utility>
#include <variant>

namespace tusker {

void dead_command_actor_state::init(pointer self, std::shared_ptr<const node_context> context) {
  self_ = self;
  context_ = std::move(context);
  appends_.init(self_, context_->journal);
}

void dead_command_actor_state::on_steer(const steer_dead_commands& request) {
  jobs_.push_back({request, ids_by_shard(request.ids, context_->reader->shards()), 0});
  if (jobs_.size() == 1)
    go_on();
}

/// To the next commit, or to the end of all wishes.
void dead_command_actor_state::go_on() {
  while (!jobs_.empty()) {
    const auto& first = jobs_.front();
    if (first.left.empty()) {
      finish(first.count);
      continue;
    }
    auto step = make_step(first);
    if (!step) {
      finish(fail(step.error()));
      continue;
    }
    if (step->count == 0) {
      take_off(step->ids_taken);
      continue;
    }
    appends_.begin(std::move(step->item),
                   [this, count = step->count, ids = step->ids_taken](const append_verdict& verdict) {
                     on_verdict(verdict, count, ids);
                     go_on();
                   });
    return;
  }
}

auto dead_command_actor_state::make_step(const job& of) -> result<dead_command_step> {
  const auto& [shard, ids] = *of.left.begin();
  auto by = owned_shard{shard, context_->epochs[shard.value()]};
  auto now = context_->clock->now();
  if (of.wish.wanted == steer_dead_commands::wish::retry)
    return retry_step(*context_->reader, by, ids, now);
  return drop_step(*context_->reader, by, ids, of.wish.reason, now);
}

/// The first ids of the first shard are done with.
void dead_command_actor_state::take_off(std::size_t ids) {
  auto& left = jobs_.front().left;
  auto& first = left.begin()->second;
  first.erase(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(ids));
  if (first.empty())
    left.erase(left.begin());
}

void dead_command_actor_state::on_verdict(const append_verdict& verdict, std::uint64_t count,
                                          std::size_t ids) {
  if (std::holds_alternative<version_conflict>(verdict))
    return; // the same ids again, as they are now
  if (std::holds_alternative<appended>(verdict) || std::holds_alternative<duplicate_command>(verdict)) {
    jobs_.front().count += count;
    return take_off(ids);
  }
  const auto* no = std::get_if<refused>(&verdict);
  finish(no != nullptr ? fail(no->why)
                       : fail(journal_errc::fenced, "another node owns these dead commands now"));
}

void dead_command_actor_state::finish(const result<std::uint64_t>& outcome) {
  jobs_.front().wish.answer->complete(outcome);
  jobs_.pop_front();
}

auto make_dead_command_actor(dead_command_actor_state::pointer self,
                             std::shared_ptr<const node_context> context)
    -> dead_command_actor::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(context));
  return {
      [&state](const steer_dead_commands& request) { state.on_steer(request); },
      [&state](const retry_append& message) { state.on_retry(message); },
  };
}

} // namespace tusker
