#include <tusker/model/saga_rehearsal.hpp>

#include <tusker/model/saga_record.hpp>
#include <tusker/model/timed_command.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

auto place_of(const saga_move& move) -> std::string {
  return move.step + "/" + std::to_string(move.item);
}

auto key_of(std::string_view step, std::uint32_t item) -> std::string {
  return std::string(step) + "/" + std::to_string(item);
}

auto text_of(const saga_move& move) -> std::string {
  auto text = std::string(name_of(move.act));
  return move.step.empty() ? text : text + " " + place_of(move);
}

auto is_call(const saga_move& move) -> bool {
  return move.act == saga_act::called || move.act == saga_act::undo_called;
}

} // namespace

saga_rehearsal::saga_rehearsal(result<saga_type> type) {
  if (!type) {
    note(to_string(type.error()));
    return;
  }
  type_.emplace(std::move(*type));
  stream_ = *stream_id::make(type_->name, "rehearsal");
  instance_ = type_->instances.make();
  replayed_ = type_->instances.make();
}

void saga_rehearsal::note(const std::string& what) {
  if (fault_.empty())
    fault_ = what;
}

auto saga_rehearsal::phase() const -> saga_phase {
  const auto* instance = dynamic_cast<const saga_instance*>(instance_.get());
  return instance == nullptr ? saga_phase::none : instance->progress().now().phase;
}

auto saga_rehearsal::command(std::string_view step, std::uint32_t item) const -> const encoded_message* {
  auto found = calls_.find(key_of(step, item));
  return found == calls_.end() ? nullptr : &found->second.content;
}

auto saga_rehearsal::category_of(std::string_view step, std::uint32_t item) const -> std::string {
  auto found = calls_.find(key_of(step, item));
  if (found == calls_.end())
    return {};
  auto target = stream_id::parse(found->second.target);
  return target ? std::string(target->category()) : std::string();
}

auto saga_rehearsal::next_id() -> command_id {
  return command_id_from_key(now_, "rehearsal " + std::to_string(++inputs_));
}

void saga_rehearsal::tell(std::string_view category, result<encoded_message> event) {
  if (!event || !type_)
    return note(event ? "there is no saga" : to_string(event.error()));
  recorded_event happened;
  happened.stream = *stream_id::make(category, "rehearsal");
  happened.data.content = *event;
  auto address = type_->address(happened);
  if (!address)
    return note(to_string(address.error()));
  auto told = encode_message(tell_saga{
      {std::string(category), event->type, event->version.value(), event->json}, address->may_start});
  (void)play(std::move(*told), next_id(), std::nullopt);
}

void saga_rehearsal::answer(std::string_view step, std::uint32_t item, answer_saga with) {
  auto found = calls_.find(key_of(step, item));
  if (found == calls_.end())
    return note("nothing was called for " + key_of(step, item));
  with.call = found->second.number;
  answer(with);
}

void saga_rehearsal::answer(const answer_saga& with) {
  auto content = encode_message(with);
  if (!content)
    return note(to_string(content.error()));
  (void)play(std::move(*content), next_id(), std::nullopt);
}

auto saga_rehearsal::wish(result<encoded_message> wanted) -> std::string {
  return wanted ? play(std::move(*wanted), next_id(), std::nullopt) : to_string(wanted.error());
}

void saga_rehearsal::pass(std::chrono::microseconds time) {
  const auto until = now_ + time;
  sent_.clear();
  moved_.clear();
  std::vector<std::string> sent;
  std::vector<std::string> moved;
  while (!timers_.empty() && timers_.begin()->first.first <= until) {
    auto due = timers_.extract(timers_.begin());
    now_ = std::max(now_, due.key().first);
    auto content = timed_command_in(due.mapped());
    if (!content)
      return note(to_string(content.error()));
    (void)play(std::move(content->command), command_id(due.key().second), due.mapped());
    sent.insert(sent.end(), sent_.begin(), sent_.end());
    moved.insert(moved.end(), moved_.begin(), moved_.end());
  }
  now_ = until;
  sent_ = std::move(sent);
  moved_ = std::move(moved);
}

/// Returns the reason of a rejection.
auto saga_rehearsal::play(encoded_message input, command_id id, std::optional<timer_entry> fires)
    -> std::string {
  sent_.clear();
  moved_.clear();
  if (!instance_)
    return fault_;
  command_envelope envelope{id, stream_, any, std::move(input), {}};
  envelope.fires = std::move(fires);
  const auto given = context(now_, id, {});
  auto first = instance_->decide(envelope, given);
  // As if the journal had been lost meanwhile: decided again, it is the same.
  instance_->discard();
  auto decided = instance_->decide(envelope, given);
  if (!first || !decided) {
    note(to_string(first ? decided.error() : first.error()));
    return fault_;
  }
  if (first->events != decided->events || first->calls != decided->calls || first->timers != decided->timers)
    note("deciding again about the same input gave something else");
  if (decided->rejection)
    return decode<saga_refused>(decided->rejection->json).value().reason;
  if (decided->is_void)
    return {};
  instance_->confirm();
  take(*decided);
  return {};
}

void saga_rehearsal::take(const encoded_decision& decided) {
  auto record = decode<saga_record>(decided.events.front().content.json);
  if (!record)
    return note(to_string(record.error()));
  auto call = decided.calls.begin();
  for (const auto& move : record->moves) {
    moved_.push_back(text_of(move));
    if (!is_call(move) || call == decided.calls.end())
      continue;
    auto place = (move.act == saga_act::undo_called ? "undo " : "") + place_of(move);
    sent_.push_back(place + " " + call->target + " " + call->content.type);
    calls_[place] = {move.count, call->target, call->content};
    ++call;
  }
  for (const auto& key : decided.timers.cancelled)
    if (timers_.erase({key.due, key.id}) == 0)
      note("a timer is cancelled that is not there");
  for (const auto& timer : decided.timers.set)
    timers_.emplace(std::pair(timer.key.due, timer.key.id), timer);
  replay(decided.events.front());
  recorded_.push_back(decided.events.front());
}

void saga_rehearsal::replay(const event_data& transition) {
  recorded_event recorded;
  recorded.stream = stream_;
  recorded.version = stream_version(++version_);
  recorded.data = transition;
  if (auto applied = replayed_->apply(recorded); !applied)
    return note("the transition cannot be replayed: " + to_string(applied.error()));
  const auto& live = dynamic_cast<const saga_instance&>(*instance_).progress().now();
  const auto& again = dynamic_cast<const saga_instance&>(*replayed_).progress().now();
  if (live.phase != again.phase || live.step != again.step || live.open != again.open ||
      live.calls != again.calls || live.is_failing != again.is_failing || live.failure != again.failure)
    note("a replay stands elsewhere after transition " + std::to_string(version_));
}

void saga_rehearsal::restart() {
  std::swap(instance_, replayed_);
}

} // namespace tusker
