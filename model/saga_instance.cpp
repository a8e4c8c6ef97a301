#include <tusker/model/saga_instance.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/located_error.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/saga_call.hpp>
#include <tusker/model/timed_command.hpp>
#include <tusker/model/timer_change.hpp>
#include <tusker/model/variant_codec.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

namespace tusker {

namespace {

using saga_commands = std::variant<tell_saga, answer_saga, remind_saga, retry_saga, compensate_saga>;

/// A share between 0 and 1 that is the same whenever the same input is decided about.
auto lot_of(const command_id& input) -> double {
  const auto& bytes = input.value().bytes;
  return (bytes[14] * 256 + bytes[15]) / 65'535.0;
}

auto wish_of(const command_envelope& command) -> result<saga_commands> {
  if (command.answer)
    return saga_commands(*command.answer);
  return alternatives<saga_commands>::decode(command.content, model_errc::unknown_command_type);
}

auto timer_name(std::uint32_t call) -> std::string {
  return "call " + std::to_string(call);
}

auto describe(const answer_saga& answer) -> std::string {
  auto text = "call " + std::to_string(answer.call) + " " + std::string(name_of(answer.outcome));
  return answer.detail.empty() ? text : text + ": " + answer.detail;
}

} // namespace

/// What one decision is made of.
struct saga_instance::turn {
  timestamp now;
  double lot = 0;
  saga_record record;
  std::optional<saga_machine> machine;
  std::optional<saga_refused> refusal;
  bool is_void = false; ///< It is none of this instance's business.
};

auto saga_command_names() -> std::vector<std::string> {
  return alternatives<saga_commands>::names();
}

auto saga_event_names() -> std::vector<std::string> {
  return {std::string(saga_record::schema.name)};
}

auto saga_event_chain() -> const result<upcaster_chain>& {
  static const auto chain =
      make_upcaster_chain({message_type{std::string(saga_record::schema.name), saga_record::schema.version}});
  return chain;
}

auto saga_instance::open(std::optional<std::uint32_t> version) -> result<void> {
  data_ = open_(version);
  if (data_)
    return {};
  return fail(
      model_errc::unsupported_schema_version,
      "the saga began by version " + std::to_string(version.value_or(0)) +
          " of its declaration, which the program has no more: keep it until its instances have ended");
}

auto saga_instance::apply(const recorded_event& event) -> result<void> {
  const auto& content = event.data.content;
  if (content.type != saga_record::schema.name || content.version != saga_record::schema.version)
    return fail(
        located(error(model_errc::unknown_event_type, "'" + content.type + "' is no step of a saga"), event));
  auto record = decode<saga_record>(content.json);
  if (!record)
    return fail(located(record.error(), event));
  auto taken = result<void>();
  if (!data_)
    taken = open(record->version);
  for (const auto& each : record->events)
    taken = taken.and_then([&] { return data_->evolve(each); });
  for (const auto& move : record->moves)
    taken = taken.and_then([&] { return progress_.apply(move, data_->steps()); });
  if (!taken) {
    discard();
    return fail(located(taken.error(), event));
  }
  data_->keep();
  progress_.keep();
  latest_ = std::max(latest_, event.data.time);
  last_ = {record->version, event.data.time, std::move(record->detail)};
  return {};
}

auto saga_instance::restore(const encoded_message& /*snapshot*/) -> bool {
  return false;
}

auto saga_instance::take_snapshot() const -> std::optional<encoded_message> {
  return std::nullopt;
}

auto saga_instance::decide(const command_envelope& command, const context& given)
    -> result<encoded_decision> {
  discard();
  auto wish = wish_of(command);
  if (!wish)
    return fail(wish.error());
  turn now{given.now(), lot_of(command.id), {}, std::nullopt, std::nullopt};
  if (data_)
    now.machine.emplace(progress_, *data_, now.now, now.lot);
  auto decided = result<void>();
  if (const auto* told = std::get_if<tell_saga>(&*wish))
    decided = on_told(now, *told);
  else if (!data_)
    now.refusal = saga_refused{"it has not begun"};
  else if (auto* answer = std::get_if<answer_saga>(&*wish))
    decided = on_answer(now, std::move(*answer));
  else if (const auto* reminder = std::get_if<remind_saga>(&*wish))
    on_reminder(now, *reminder);
  else if (const auto* undo = std::get_if<compensate_saga>(&*wish))
    on_compensate(now, *undo);
  else
    on_retry(now);
  if (!decided) {
    discard();
    return fail(decided.error());
  }
  return finish(now, command, given);
}

auto saga_instance::on_told(turn& now, const tell_saga& told) -> result<void> {
  now.record.input = saga_input_kind::event;
  now.record.detail = told.happened.type;
  if (!data_) {
    if (!told.may_start) {
      now.is_void = true;
      return {};
    }
    if (auto opened = open(std::nullopt); !opened)
      return opened;
    is_beginning_ = true;
    if (auto evolved = data_->evolve(told.happened); !evolved)
      return evolved;
    now.record.events.push_back(told.happened);
    now.machine.emplace(progress_, *data_, now.now, now.lot);
    now.machine->start(data_->version());
    return {};
  }
  auto is_parked =
      progress_.now().phase == saga_phase::stuck && progress_.now().stuck_in == saga_phase::running;
  if (progress_.now().phase != saga_phase::running && !is_parked) {
    now.machine->ignore(told.happened.type + ": it came too late");
    return {};
  }
  auto meanings = data_->meanings(told.happened);
  if (!meanings)
    return fail(meanings.error());
  if (auto evolved = data_->evolve(told.happened); !evolved)
    return evolved;
  now.machine->on_event(*meanings, told.happened.type);
  // What no step waited for is noted, and changes nothing.
  if (now.machine->moves().front().act == saga_act::ignored)
    data_->take_back();
  else
    now.record.events.push_back(told.happened);
  return {};
}

auto saga_instance::on_answer(turn& now, answer_saga answer) -> result<void> {
  now.record.input = saga_input_kind::answer;
  now.record.detail = describe(answer);
  std::vector<saga_meaning> meanings;
  for (const auto& event : answer.events) {
    auto of = data_->meanings(event);
    if (!of)
      return fail(of.error());
    meanings.insert(meanings.end(), of->begin(), of->end());
    if (auto evolved = data_->evolve(event); !evolved)
      return evolved;
  }
  now.machine->on_answer(answer, meanings);
  if (now.machine->moves().front().act == saga_act::ignored)
    data_->take_back();
  else
    now.record.events = std::move(answer.events);
  return {};
}

void saga_instance::on_reminder(turn& now, const remind_saga& reminder) {
  now.record.input = saga_input_kind::timer;
  now.record.detail = timer_name(reminder.call);
  now.machine->on_timer(reminder.call);
}

void saga_instance::on_retry(turn& now) {
  now.record.input = saga_input_kind::wish;
  now.record.detail = "retry";
  if (!now.machine->retry())
    now.refusal = saga_refused{"it is " + std::string(name_of(progress_.now().phase)) +
                               ", and only what is stuck can be tried again"};
}

void saga_instance::on_compensate(turn& now, const compensate_saga& wish) {
  now.record.input = saga_input_kind::wish;
  now.record.detail = "compensate: " + wish.reason;
  if (!now.machine->compensate(wish.reason))
    now.refusal = saga_refused{"it is " + std::string(name_of(progress_.now().phase)) +
                               ", and only what goes forward can be compensated"};
}

auto saga_instance::finish(turn& now, const command_envelope& command, const context& given)
    -> result<encoded_decision> {
  encoded_decision decision;
  decision.is_void = now.is_void;
  if (now.is_void)
    return decision;
  if (now.refusal) {
    auto refusal = encode_message(*now.refusal);
    if (!refusal)
      return fail(refusal.error());
    decision.rejection = std::move(*refusal);
    return decision;
  }
  now.record.moves = now.machine->moves();
  now.record.phase = progress_.now().phase;
  now.record.version = data_->version();
  auto content = encode_message(now.record);
  if (!content)
    return fail(content.error());
  std::vector<timer_wish> wishes;
  for (const auto& alarm : now.machine->alarms()) {
    auto name = timer_name(alarm.call);
    if (alarm.is_set) {
      wishes.push_back({std::move(name), alarm.due, encode_message(remind_saga{alarm.call})});
      continue;
    }
    // The timer that this answers is taken along anyway.
    auto key = timer_key_of(command.target, name, alarm.due);
    if (!key || !command.fires || command.fires->key != *key)
      wishes.push_back({std::move(name), alarm.due, std::nullopt});
  }
  auto timers = to_timer_change(command.target, wishes, caused_by(command));
  if (!timers)
    return fail(timers.error());
  std::vector<encoded_message> contents;
  contents.push_back(std::move(*content));
  decision.events = to_event_data(std::move(contents), command, given.now());
  decision.timers = std::move(*timers);
  tried_latest_ = std::max(latest_, given.now());
  tried_last_ = saga_ending{now.record.version, given.now(), std::move(now.record.detail)};
  for (auto& send : now.machine->sends())
    decision.calls.push_back(make_call_entry(std::move(send), command, tried_latest_));
  return decision;
}

void saga_instance::confirm() {
  is_beginning_ = false;
  latest_ = std::max(latest_, tried_latest_);
  if (tried_last_)
    last_ = *std::exchange(tried_last_, std::nullopt);
  if (data_)
    data_->keep();
  progress_.keep();
}

void saga_instance::discard() {
  tried_latest_ = latest_;
  tried_last_.reset();
  progress_.take_back();
  if (data_)
    data_->take_back();
  if (std::exchange(is_beginning_, false))
    data_.reset();
}

auto saga_instance::is_at_rest() const -> bool {
  return tusker::is_at_rest(progress_.now().phase);
}

auto saga_instance::ending() const -> std::optional<saga_ending> {
  return progress_.now().phase == saga_phase::completed ? std::optional(last_) : std::nullopt;
}

auto saga_instance::standstill() const -> std::string {
  const auto& now = progress_.now();
  if (now.phase != saga_phase::stuck)
    return {};
  auto why = "step '" + now.failure.step + "' failed: " + now.failure.why;
  return now.stuck_in == saga_phase::compensating ? "an undo was given up, after " + why : why;
}

} // namespace tusker
