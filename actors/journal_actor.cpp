#include <tusker/actors/journal_actor.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <caf/exit_reason.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <exception>
#include <span>
#include <string>
#include <utility>

namespace tusker {

void journal_actor_state::init(pointer self, std::shared_ptr<journal> engine,
                               std::shared_ptr<runtime_counters> counters, batch_limits limits) {
  self_ = self;
  engine_ = std::move(engine);
  counters_ = std::move(counters);
  limits_ = limits;
}

auto journal_actor_state::on_append(append_request& request) -> caf::typed_response_promise<append_answer> {
  if (items_.empty())
    self_->send(self_, flush_batch{});
  items_.push_back(std::move(request.item));
  callers_.push_back(self_->make_response_promise<append_answer>());
  return callers_.back();
}

void journal_actor_state::on_flush() {
  auto count = batch_size(items_, limits_);
  auto verdicts = append_first(count);
  // Sync before the reply: a verdict promises durability, and `append` returns after its fsync.
  deliver(count, verdicts);
  items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(count));
  callers_.erase(callers_.begin(), callers_.begin() + static_cast<std::ptrdiff_t>(count));
  auto is_broken = !verdicts && verdicts.error().code() != journal_errc::storage_full;
  if (is_broken) {
    deliver(items_.size(), fail(verdicts.error()));
    self_->quit(caf::exit_reason::unhandled_exception);
  } else if (!items_.empty()) {
    self_->send(self_, flush_batch{});
  }
}

/// An engine that throws has stopped somewhere: its outcome is as unknown as after an I/O error.
auto journal_actor_state::append_first(std::size_t count) -> result<std::vector<append_verdict>> {
  try {
    return engine_->append(std::span(items_).first(count));
  } catch (const std::exception& thrown) {
    return fail(journal_errc::io_error, std::string("the journal's engine threw: ") + thrown.what());
  } catch (...) {
    return fail(journal_errc::io_error, "the journal's engine threw");
  }
}

void journal_actor_state::deliver(std::size_t count, const result<std::vector<append_verdict>>& verdicts) {
  if (verdicts)
    count_events(count, *verdicts);
  for (std::size_t at = 0; at < count; ++at) {
    auto answer = verdicts ? append_answer{(*verdicts)[at]} : append_answer{fail(verdicts.error())};
    callers_[at].deliver(std::move(answer));
  }
}

void journal_actor_state::count_events(std::size_t count, const std::vector<append_verdict>& verdicts) {
  std::uint64_t events = 0;
  auto wrote = false;
  for (std::size_t at = 0; at < count; ++at) {
    if (std::holds_alternative<appended>(verdicts[at])) {
      events += items_[at].events.size();
      wrote = true;
    }
  }
  counters_->items += count;
  counters_->events += events;
  counters_->commits += wrote ? 1 : 0;
}

auto make_journal_actor(journal_actor_state::pointer self, std::shared_ptr<journal> engine,
                        std::shared_ptr<runtime_counters> counters, batch_limits limits)
    -> journal_actor::behavior_type {
  auto& state = self->state;
  state.init(self, std::move(engine), std::move(counters), limits);
  return {
      [&state](append_request& request) { return state.on_append(request); },
      [&state](const flush_batch&) { state.on_flush(); },
  };
}

} // namespace tusker
