#include <tusker/actors/projection_run.hpp>

#include <tusker/actors/node_log.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/visitor.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

namespace tusker {

namespace {

/// Events that were looked at and not wanted are not worth a commit before there are so many of them.
constexpr std::uint64_t unwanted_per_commit = 10'000;

auto wait_for(std::chrono::milliseconds delay, error why) -> run_outcome {
  return {run_outcome::what::wait, std::move(why), delay};
}

auto stop_for(error why) -> run_outcome {
  return {run_outcome::what::stop, std::move(why)};
}

} // namespace

auto is_passing_failure(const error& why) -> bool {
  return why.code() == journal_errc::storage_full || why.code() == journal_errc::too_many_readers ||
         why.code() == journal_errc::reopening;
}

auto delay_after_store_failure(std::uint32_t failures) -> std::chrono::milliseconds {
  constexpr retry_policy policy{std::chrono::milliseconds(100), 2.0, std::chrono::seconds(10), 0.0, 0};
  return delay_after(policy, failures, 0);
}

projection_run::projection_run(const parts& made_of, projection_target target, log_offset from)
    : made_of_(made_of), target_(std::move(target)),
      step_(made_of.type, *made_of.store, target_.model, made_of.limits, made_of.options.commit_events_max),
      committed_(from), position_(from) {}

auto projection_run::take_in(const log_slice& slice, timestamp now, double lot) -> run_outcome {
  if (auto pending = commit_pending(now); !pending.is_done())
    return pending;
  while (next_ < slice.events.size())
    if (auto taken = take_in_next(slice.events[next_], now, lot); !taken.is_done())
      return taken;
  auto unwanted = slice.scanned_to.value() - committed_.value();
  if (!step_.is_empty() || unwanted >= unwanted_per_commit)
    if (auto last = commit(slice.scanned_to, now); !last.is_done())
      return last;
  next_ = 0;
  position_ = slice.scanned_to;
  made_of_.progress->set_position(position_, now);
  return {};
}

auto projection_run::take_in_next(const recorded_event& event, timestamp now, double lot) -> run_outcome {
  using what = event_outcome::what;
  auto outcome = step_.handle(event);
  if (outcome.became == what::handled) {
    ++next_;
    on_progress();
    return {};
  }
  // What is before the event is kept, whatever becomes of it.
  if (auto before = commit(event.at.offset.previous(), now); !before.is_done())
    return before;
  if (outcome.became == what::handler_failed)
    return on_handler_failure(event, outcome.why, lot);
  return outcome.became == what::store_failed ? on_store_failure(outcome.why) : run_outcome();
}

auto projection_run::on_handler_failure(const recorded_event& event, const error& why, double lot)
    -> run_outcome {
  const auto& options = made_of_.options;
  ++failed_attempts_;
  made_of_.progress->note_failure(why, failed_attempts_);
  if (may_retry(options.retries, failed_attempts_))
    return wait_for(delay_after(options.retries, failed_attempts_, lot), why);
  if (options.when_failing == failing_event_policy::stop)
    return stop_for(why);
  step_.skip(event, why);
  tell(made_of_.log, {log_level::warning,
                      log_component::projection,
                      "an event was given up",
                      {{"projection", target_.projection},
                       {"type", event.data.content.type},
                       {"stream", event.stream.name()},
                       {"offset", std::to_string(event.at.offset.value())},
                       {"failure", to_string(why)}},
                      correlation_in(event.data.meta)});
  ++next_;
  on_progress();
  return {};
}

auto projection_run::on_store_failure(const error& why) -> run_outcome {
  if (!is_passing_failure(why))
    return stop_for(why);
  ++store_failures_;
  made_of_.progress->note_failure(why, failed_attempts_);
  return wait_for(delay_after_store_failure(store_failures_), why);
}

/// The event that is next is another one.
void projection_run::on_progress() {
  if (std::exchange(failed_attempts_, 0) != 0)
    made_of_.progress->forget_failure();
}

auto projection_run::settle(timestamp now) -> run_outcome {
  if (auto pending = commit_pending(now); !pending.is_done())
    return pending;
  return commit(position_, now);
}

auto projection_run::commit(log_offset to, timestamp now) -> run_outcome {
  if (step_.is_empty() && to <= committed_)
    return {};
  auto events = step_.events();
  auto skipped = step_.skipped();
  auto step = read_commit{
      target_.projection, target_.model, target_.log, target_.owner, committed_, to, step_.take(), now};
  pending_ = pending_commit{std::move(step), events, skipped};
  return commit_pending(now);
}

auto projection_run::commit_pending(timestamp now) -> run_outcome {
  if (!pending_)
    return {};
  pending_->step.time = now;
  auto verdict = made_of_.store->commit(pending_->step);
  if (!verdict)
    return on_store_failure(verdict.error());
  if (!std::holds_alternative<read_committed>(*verdict))
    return on_refusal(*verdict);
  on_committed(now);
  return {};
}

void projection_run::on_committed(timestamp now) {
  auto done = *std::exchange(pending_, std::nullopt);
  committed_ = done.step.to;
  position_ = std::max(position_, committed_);
  made_of_.progress->note_commit(committed_, done.events, done.dead_letters, now);
  if (std::exchange(store_failures_, 0) != 0)
    made_of_.progress->forget_failure();
}

/// The model is not this run's any more, and nothing was written: to go on could make rows twice.
auto projection_run::on_refusal(const commit_verdict& verdict) const -> run_outcome {
  auto refused = [this](run_outcome::what wants, const std::string& reason) {
    auto why = error(runtime_errc::projection_displaced,
                     "projection " + tusker::quoted(target_.projection) + " stops: " + reason);
    return run_outcome{wants, std::move(why)};
  };
  using what = run_outcome::what;
  return std::visit(
      visitor{[](const read_committed&) { return run_outcome(); },
              [&](const model_gone&) { return refused(what::leave, "its model was dropped"); },
              [&](const fenced&) { return refused(what::stop, "somebody else projects it now"); },
              [&](const offset_mismatch& other) {
                return refused(what::stop, "its model is at offset " + std::to_string(other.actual.value()) +
                                               ", not at " + std::to_string(committed_.value()) +
                                               ": somebody else committed to it");
              }},
      verdict);
}

} // namespace tusker
