#include <tusker/actors/saga_caller_actor.hpp>

#include <tusker/actors/node_log.hpp>
#include <tusker/actors/room_delay.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/saga_input.hpp>
#include <tusker/persistence/random_id.hpp>

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <string>

namespace tusker {

namespace {

/// How long the outboxes are left alone when one could not be read.
constexpr std::chrono::seconds read_delay{1};
constexpr std::size_t page_max = 256;
/// Of the events that one command led to and its saga wants to know of, it is told of the first so many.
constexpr std::size_t events_told_max = 64;

auto rejection_of(const error& failure) -> answer_saga {
  answer_saga answer;
  answer.outcome = call_outcome::rejected;
  if (const auto* rejection = failure.detail<encoded_message>()) {
    answer.detail = rejection->type;
    answer.rejection = rejection->json;
  } else {
    answer.detail = failure.message();
  }
  return answer;
}

/// No name has a line's end in it.
auto lane_of(const stream_id& saga, const std::string& target) -> std::string {
  std::string lane;
  lane.reserve(saga.name().size() + 1 + target.size());
  lane.append(saga.name()).append(1, '\n').append(target);
  return lane;
}

} // namespace

void saga_caller_state::init(pointer self, std::shared_ptr<const node_context> node, settings made_of) {
  self_ = self;
  node_ = std::move(node);
  made_of_ = std::move(made_of);
  appends_.init(self_, node_->journal);
  lots_.seed(static_cast<std::minstd_rand::result_type>(self_->id()));
  walking_ = place{};
  node_->calls->listen([address = self_->address()] {
    if (auto alive = caf::actor_cast<saga_caller>(address))
      caf::anon_send(alive, look_at_calls{});
  });
  self_->send(self_, look_at_calls{});
}

saga_caller_state::~saga_caller_state() {
  if (!node_)
    return;
  node_->calls->listen(nullptr);
  answers_->close();
  node_->counters->calls_in_flight -= flights_.size();
}

void saga_caller_state::on_look(const look_at_calls& request) {
  if (request.count != 0) {
    if (!ticks_.take(request.count))
      return;
    for (auto number : waiting_.take_due(steady_now()))
      send(number);
    if (read_again_at_ && *read_again_at_ <= steady_now())
      read_again_at_.reset();
  }
  auto news = node_->calls->take();
  is_walk_wanted_ = is_walk_wanted_ || news.is_in_doubt;
  // Behind calls that are still to be found in the outboxes they would be sent out of order.
  for (auto& entry : news.calls) {
    if (has_room() && !walking_ && !is_walk_wanted_)
      take_up(std::move(entry));
    else
      is_walk_wanted_ = true;
  }
  walk();
  arm();
}

void saga_caller_state::take_up(outbox_entry entry) {
  if (by_entry_.contains(entry.id))
    return;
  auto call = saga_call_of(entry);
  // What this program does not host waits for one that does: whom it calls, and who is to be told what came of it.
  if (!call || !made_of_.bus->check_type(stream_id::parse(entry.target)->category()) ||
      !made_of_.bus->check_type(call->saga.category()))
    return;
  last_ticket_ = last_ticket_.next();
  auto number = last_ticket_.value();
  by_entry_.emplace(entry.id, number);
  auto key = lane_of(call->saga, entry.target);
  auto& lane = lanes_[key];
  lane.push_back(number);
  auto is_first = lane.size() == 1;
  flights_.emplace(number, flight{std::move(entry), std::move(*call), std::move(key), nullptr});
  ++node_->counters->calls_in_flight;
  if (is_first)
    send(last_ticket_);
}

/// Through all outboxes, as far as there is room.
void saga_caller_state::walk() {
  if (!walking_ && std::exchange(is_walk_wanted_, false))
    walking_ = place{};
  while (walking_ && has_room() && !read_again_at_) {
    auto entries = node_->reader->read_outbox(shard_id(walking_->shard), walking_->after, page_max);
    if (!entries) {
      read_again_at_ = steady_now() + read_delay;
      return;
    }
    for (auto& entry : *entries) {
      if (!has_room())
        return;
      walking_->after = entry.id;
      take_up(std::move(entry));
    }
    if (entries->size() == page_max)
      continue;
    walking_->after.reset();
    if (++walking_->shard < node_->reader->shards().value())
      continue;
    walking_.reset();
    if (std::exchange(is_walk_wanted_, false))
      walking_ = place{};
  }
}

auto saga_caller_state::has_room() const -> bool {
  return flights_.size() < node_->options.calls_in_flight_max;
}

void saga_caller_state::send(ticket number) {
  auto found = flights_.find(number.value());
  if (found == flights_.end())
    return;
  auto& flying = found->second;
  if (flying.telling)
    return submit(number, flying.telling);
  auto command = command_of(flying);
  if (!command) {
    answer_saga answer;
    answer.detail = command.error().message();
    return tell(number, flying, std::move(answer));
  }
  submit(number, std::move(*command));
}

auto saga_caller_state::command_of(const flight& calling) const -> result<shared_command> {
  auto target = stream_id::parse(calling.entry.target);
  if (!target)
    return fail(target.error());
  if (auto handler = made_of_.bus->handler_of(target->category(), calling.entry.content.type); !handler)
    return fail(handler.error());
  auto command = command_envelope{command_id(calling.entry.id), std::move(*target), any,
                                  calling.entry.content, calling.entry.meta};
  command.witness = calling.witness;
  return std::make_shared<const command_envelope>(std::move(command));
}

void saga_caller_state::submit(ticket number, shared_command command) {
  // An address keeps nobody alive: an answer may come after this actor's end.
  auto told = [address = self_->address(), answers = answers_, number](const result<receipt>& outcome) {
    answers->put({number, outcome}, [&] {
      if (auto waiting = caf::actor_cast<saga_caller>(address))
        caf::anon_send(waiting, look_at_inbox{});
    });
  };
  if (!node_->commands->send(std::move(command), std::move(told)))
    wait_for_room(number, flights_.at(number.value()));
  else
    ++node_->counters->calls_sent;
}

void saga_caller_state::on_inbox() {
  if (empty_inbox(*answers_, taken_, [this](const saga_call_answered& reply) { on_answered(reply); }))
    self_->send(self_, look_at_inbox{});
  walk();
  arm();
}

void saga_caller_state::on_answered(const saga_call_answered& reply) {
  auto found = flights_.find(reply.number.value());
  if (found == flights_.end())
    return;
  auto& flying = found->second;
  auto kind = kind_of(reply.outcome);
  if (kind == answer_kind::no_room) {
    wait_for_room(reply.number, flying);
  } else if (kind == answer_kind::passing) {
    ++flying.troubles;
    wait_after_failure(reply.number, flying);
  } else if (flying.telling) {
    on_told(reply.number, flying, reply.outcome);
  } else {
    on_called(reply.number, flying, reply.outcome);
  }
}

void saga_caller_state::on_called(ticket number, flight& calling, const result<receipt>& outcome) {
  answer_saga answer;
  if (outcome) {
    answer.outcome = call_outcome::accepted;
    auto events = events_of(calling, *outcome);
    if (!events) {
      ++calling.troubles;
      return wait_after_failure(number, calling); // under its id it comes to the same
    }
    answer.events = std::move(*events);
  } else if (outcome.error().code() == runtime_errc::rejected) {
    answer = rejection_of(outcome.error());
  } else {
    if (may_retry(node_->options.call_retries, ++calling.attempts))
      return wait_after_failure(number, calling);
    ++node_->counters->calls_given_up;
    tell_of_end(calling, "a call of a saga was given up", outcome.error());
    answer.detail = outcome.error().message();
  }
  tell(number, calling, std::move(answer));
}

/// What the command led to, of what the saga wants to know: as its aggregate noted it just now, else from the stream.
auto saga_caller_state::events_of(const flight& calling, const receipt& done) const
    -> result<std::vector<saga_event>> {
  std::vector<saga_event> events;
  auto type = made_of_.sagas->find(calling.call.saga.category());
  if (done.event_count == 0 || type == made_of_.sagas->end())
    return events;
  auto category = done.stream.category();
  auto take = [&, &wanted = type->second->answered](const encoded_message& content) {
    auto is_wanted = std::any_of(wanted.begin(), wanted.end(), [&](const auto& source) {
      return source.category == category &&
             std::binary_search(source.stored.begin(), source.stored.end(), content.type);
    });
    if (is_wanted && events.size() < events_told_max)
      events.push_back({std::string(category), content.type, content.version.value(), content.json});
  };
  if (auto noted = calling.witness->take(done.version); noted && noted->size() == done.event_count) {
    for (const auto& content : *noted)
      take(content);
    return events;
  }
  for (auto at = std::optional(stream_version(done.version.value() - done.event_count + 1));
       at && *at <= done.version;) {
    auto slice = node_->reader->read_stream(done.stream, *at, {}, read_direction::forward);
    if (!slice)
      return fail(slice.error());
    for (const auto& event : slice->events)
      if (event.version <= done.version)
        take(event.data.content);
    at = slice->next;
  }
  return events;
}

void saga_caller_state::tell(ticket number, flight& calling, answer_saga answer) {
  answer.call = calling.call.number;
  auto content = encode_message(answer);
  if (!content) {
    // A text that is no UTF-8, in an error's words: the outcome itself is told all the same.
    answer.detail = "its answer cannot be told";
    answer.events.clear();
    content = encode_message(answer);
  }
  auto meta = calling.entry.meta;
  meta.user.erase(std::string(saga_entry));
  meta.user.erase(std::string(saga_call_entry));
  command_envelope envelope{answer_id_of(calling.entry), calling.call.saga, any, std::move(*content),
                            std::move(meta)};
  envelope.settles = calling.entry.id;
  envelope.answer = std::make_shared<const answer_saga>(std::move(answer));
  calling.telling = std::make_shared<const command_envelope>(std::move(envelope));
  calling.attempts = calling.refusals = calling.troubles = 0;
  submit(number, calling.telling);
}

void saga_caller_state::on_told(ticket number, flight& telling, const result<receipt>& outcome) {
  auto is_recorded = outcome && outcome->kind == receipt_kind::first;
  if (is_recorded)
    return land(number);
  // It was told before, or wants to know nothing of it: only the entry is left.
  if (outcome || outcome.error().code() == runtime_errc::rejected) {
    settle(telling);
    return land(number);
  }
  // The call waited for longer than receipts are kept. What is told twice is ignored the second time.
  if (kind_of(outcome) == answer_kind::id_taken) {
    auto again = *telling.telling;
    again.id = command_id(random_uuid(node_->clock->now()));
    telling.telling = std::make_shared<const command_envelope>(std::move(again));
  }
  if (may_retry(node_->options.call_retries, ++telling.attempts))
    return wait_after_failure(number, telling);
  // It is told as long as the program runs, and stays in the outbox for one that can tell it.
  ++node_->counters->calls_given_up;
  if (!outcome)
    tell_of_end(telling, "a saga cannot be told what came of its call", outcome.error());
  telling.attempts = 0;
  waiting_.add(number, steady_now() + node_->options.call_retries.delay_max);
}

void saga_caller_state::tell_of_end(const flight& ended, std::string what, const error& why) const {
  tusker::tell(node_->options.log, {log_level::warning,
                                    log_component::saga,
                                    std::move(what),
                                    {{"saga", ended.call.saga.name()},
                                     {"target", ended.entry.target},
                                     {"command", ended.entry.content.type},
                                     {"failure", to_string(why)}},
                                    correlation_in(ended.entry.meta)});
}

void saga_caller_state::settle(const flight& told) {
  append_item item;
  item.stream = told.call.saga;
  item.shard = shard_of(item.stream, node_->reader->shards());
  item.shard_epoch = node_->epochs[item.shard.value()];
  item.expected = any;
  item.time = node_->clock->now();
  item.outbox_settled = {told.entry.id};
  appends_.begin(std::move(item), [](const append_verdict&) {});
}

void saga_caller_state::wait_for_room(ticket number, flight& waiting) {
  ++node_->counters->calls_retried;
  waiting_.add(number, steady_now() + room_delay(waiting.refusals++));
}

void saga_caller_state::wait_after_failure(ticket number, const flight& waiting) {
  auto lot = std::uniform_real_distribution<double>()(lots_);
  ++node_->counters->calls_retried;
  waiting_.add(number, steady_now() + delay_after(node_->options.call_retries,
                                                  std::max(1U, waiting.attempts + waiting.troubles), lot));
}

void saga_caller_state::land(ticket number) {
  auto landed = flights_.extract(number.value());
  by_entry_.erase(landed.mapped().entry.id);
  --node_->counters->calls_in_flight;
  auto lane = lanes_.find(landed.mapped().lane);
  lane->second.erase(lane->second.begin());
  if (lane->second.empty())
    lanes_.erase(lane);
  else
    send(ticket(lane->second.front()));
}

void saga_caller_state::arm() {
  auto at = waiting_.earliest();
  if (read_again_at_)
    at = std::min(at.value_or(*read_again_at_), *read_again_at_);
  if (auto tick = ticks_.next(at, steady_now()))
    self_->delayed_send(self_, tick->wait, look_at_calls{tick->count});
}

auto saga_caller_state::steady_now() const -> steady_time {
  return self_->clock().now();
}

auto make_saga_caller(saga_caller_state::pointer self, std::shared_ptr<const node_context> node,
                      saga_caller_state::settings made_of) -> saga_caller::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(node), std::move(made_of));
  return {
      [&state](const look_at_calls& request) { state.on_look(request); },
      [&state](const look_at_inbox&) { state.on_inbox(); },
      [&state](const retry_append& message) { state.on_retry(message); },
  };
}

} // namespace tusker
