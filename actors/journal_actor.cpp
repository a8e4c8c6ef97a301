#include <tusker/actors/journal_actor.hpp>

#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/topic_outbox.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <caf/sec.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <exception>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace tusker {

void journal_actor_state::init(pointer self, settings made_of) {
  self_ = self;
  made_of_ = std::move(made_of);
  if (made_of_.supervisor)
    self_->send(self_, reopen_journal{});
  else
    announce_heads();
}

/// Messages for topics are read by their relay; calls of sagas are in a hurry, and go to who sends them as they are.
void journal_actor_state::announce_outbox(append_item& item) {
  std::vector<outbox_entry> calls;
  calls.reserve(item.outbox.size());
  for (auto& entry : item.outbox)
    if (topic_of(entry).empty())
      calls.push_back(std::move(entry));
  if (calls.size() < item.outbox.size())
    made_of_.outbox->announce(item.shard);
  if (!calls.empty())
    made_of_.calls->put(std::move(calls));
}

/// What is there before the first commit.
void journal_actor_state::announce_heads() {
  for (auto log : made_of_.engine->logs())
    if (auto head = made_of_.engine->head(log))
      made_of_.positions->announce(log, *head);
  // Of the last commit of a journal that was lost nobody may have heard.
  for (std::uint16_t shard = 0; shard < made_of_.engine->shards().value(); ++shard)
    made_of_.outbox->announce(shard_id(shard));
  made_of_.calls->put_in_doubt();
}

/// What it had gathered when it died does not wait here any more.
journal_actor_state::~journal_actor_state() {
  if (made_of_.counters)
    made_of_.counters->items_waiting -= items_.size();
  if (made_of_.steps)
    made_of_.steps->close();
}

void journal_actor_state::on_reopen() {
  auto opened = reopened();
  if (!opened) {
    self_->quit(caf::make_error(caf::sec::runtime_error, to_string(opened.error())));
    return;
  }
  announce_heads();
  // The last one may have died between a commit and its word of it.
  made_of_.timers->put_all_in_doubt();
  self_->send(made_of_.supervisor, journal_ready{made_of_.generation});
}

auto journal_actor_state::reopened() -> result<void> {
  try {
    return made_of_.engine->reopen();
  } catch (const std::exception& thrown) {
    return fail(journal_errc::io_error, std::string("the journal's engine threw: ") + thrown.what());
  }
}

auto journal_actor_state::on_append(append_request& request) -> caf::typed_response_promise<append_answer> {
  auto promise = self_->make_response_promise<append_answer>();
  gather(std::move(request.item), promise);
  return promise;
}

void journal_actor_state::take_steps() {
  auto take = [this](append_step& step) {
    gather(std::move(step.item), waiting_step{step.number, std::move(step.reply_to)});
  };
  while (empty_inbox(*made_of_.steps, taken_, take))
    continue;
}

void journal_actor_state::gather(append_item&& item, caller from) {
  if (items_.empty())
    self_->send(self_, flush_batch{});
  items_.push_back(std::move(item));
  ++made_of_.counters->items_waiting;
  callers_.push_back(std::move(from));
}

/// What came since the batch was begun is in it, and what comes in a moment.
void journal_actor_state::await_steps() {
  take_steps();
  if (!made_of_.has_threads)
    return;
  auto now = self_->clock().now();
  delay_.begin(now, items_.size());
  while (items_.size() < made_of_.limits.items_max &&
         delay_.goes_on(now, items_.size(), made_of_.counters->aggregates_at_work)) {
    std::this_thread::yield();
    take_steps();
    now = self_->clock().now();
  }
}

void journal_actor_state::on_flush() {
  await_steps();
  auto count = batch_size(items_, made_of_.limits);
  auto begun = self_->clock().now();
  auto verdicts = append_first(count);
  auto took = self_->clock().now() - begun;
  delay_.commit_took(took);
  made_of_.counters->gauges.commit_took(took);
  made_of_.counters->gauges.batch_had(count);
  // Sync before the reply: a verdict promises durability, and `append` returns after its fsync.
  deliver(count, verdicts);
  if (verdicts) {
    announce(count, *verdicts);
    announce_timers(count, *verdicts);
  }
  drop_first(count);
  auto is_broken = !verdicts && verdicts.error().code() != journal_errc::storage_full;
  if (is_broken) {
    deliver(items_.size(), fail(verdicts.error()));
    drop_first(items_.size());
    self_->quit(caf::make_error(caf::sec::runtime_error, to_string(verdicts.error())));
  } else if (!items_.empty()) {
    self_->send(self_, flush_batch{});
  }
}

void journal_actor_state::drop_first(std::size_t count) {
  items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(count));
  callers_.erase(callers_.begin(), callers_.begin() + static_cast<std::ptrdiff_t>(count));
  made_of_.counters->items_waiting -= count;
}

/// An engine that throws has stopped somewhere: its outcome is as unknown as after an I/O error.
auto journal_actor_state::append_first(std::size_t count) -> result<std::vector<append_verdict>> {
  try {
    return made_of_.engine->append(std::span(items_).first(count));
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
    if (auto* step = std::get_if<waiting_step>(&callers_[at]))
      self_->send(step->who, step_answer{step->number, std::move(answer)});
    else
      std::get<caf::typed_response_promise<append_answer>>(callers_[at]).deliver(std::move(answer));
  }
}

void journal_actor_state::announce(std::size_t count, const std::vector<append_verdict>& verdicts) {
  std::map<log_id, log_offset> heads;
  for (std::size_t at = 0; at < count; ++at) {
    const auto* written = std::get_if<appended>(&verdicts[at]);
    if (written != nullptr && !items_[at].outbox.empty())
      announce_outbox(items_[at]);
    if (written != nullptr && !items_[at].events.empty())
      heads[written->at.log] = std::max(heads[written->at.log], written->at.offset);
  }
  for (const auto& [log, head] : heads)
    made_of_.positions->announce(log, head);
}

void journal_actor_state::announce_timers(std::size_t count, const std::vector<append_verdict>& verdicts) {
  for (std::size_t at = 0; at < count; ++at)
    if (std::holds_alternative<appended>(verdicts[at]))
      for (const auto& timer : items_[at].timers)
        made_of_.timers->announce(items_[at].shard, timer.key.due);
}

void journal_actor_state::count_events(std::size_t count, const std::vector<append_verdict>& verdicts) {
  std::uint64_t events = 0;
  auto wrote = false;
  std::map<std::string_view, std::uint64_t> by_type;
  for (std::size_t at = 0; at < count; ++at) {
    if (!std::holds_alternative<appended>(verdicts[at]))
      continue;
    wrote = true;
    if (auto more = items_[at].events.size(); more != 0)
      by_type[items_[at].stream.category()] += more;
  }
  for (const auto& [type, number] : by_type) {
    made_of_.counters->gauges.count_events(type, number);
    events += number;
  }
  made_of_.counters->items += count;
  made_of_.counters->events += events;
  made_of_.counters->commits += wrote ? 1 : 0;
}

auto make_journal_actor(journal_actor_state::pointer self, journal_actor_state::settings made_of)
    -> journal_actor::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(made_of));
  return {
      [&state](append_request& request) { return state.on_append(request); },
      [&state](const look_at_inbox&) { state.on_look(); },
      [&state](const flush_batch&) { state.on_flush(); },
      [&state](const reopen_journal&) { state.on_reopen(); },
  };
}

} // namespace tusker
