#include <tusker/persistence/saga_look.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/located_error.hpp>
#include <tusker/model/model_errc.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

auto record_in(const recorded_event& event) -> result<saga_record> {
  const auto& content = event.data.content;
  if (content.type != saga_record::schema.name || content.version != saga_record::schema.version)
    return fail(located(
        error(model_errc::unknown_event_type, "'" + content.type + "' is no transition of a saga"), event));
  auto record = decode<saga_record>(content.json);
  if (!record)
    return fail(located(record.error(), event));
  return record;
}

/// Of one that is stuck, why it is; else why it turned back, and not why it was stuck meanwhile.
void note_turn(saga_look& look, const saga_record& record, saga_phase phase) {
  auto wanted = phase == saga_phase::stuck ? saga_act::stuck : saga_act::compensating;
  auto turn = std::find_if(record.moves.begin(), record.moves.end(),
                           [&](const saga_move& move) { return move.act == wanted; });
  if (turn == record.moves.end())
    return;
  look.failed_step = turn->step;
  look.why = turn->detail;
}

auto has_turned(saga_phase phase) -> bool {
  return phase == saga_phase::compensating || phase == saga_phase::compensated || phase == saga_phase::stuck;
}

/// What a transition says of its instance, which is in that phase now if it is not the last; `why` only if it is the
/// one that turned it.
auto look_of(const recorded_event& transition, std::optional<saga_phase> now) -> result<saga_look> {
  auto record = record_in(transition);
  if (!record)
    return fail(record.error());
  saga_look look;
  look.saga = transition.stream.category();
  look.key = transition.stream.key();
  look.phase = record->phase;
  look.version = record->version;
  look.transitions = transition.version;
  look.at = transition.data.time;
  look.last_input = record->detail;
  note_turn(look, *record, now.value_or(look.phase));
  return look;
}

} // namespace

auto look_at_saga(const journal_reader& journal, const stream_id& instance)
    -> result<std::optional<saga_look>> {
  auto head = journal.stream_head(instance);
  if (!head)
    return fail(head.error());
  std::optional<saga_look> found;
  // Backward to the transition that turned it, if one did.
  for (auto from = std::optional(*head); from && *from != empty_stream;) {
    constexpr auto page = read_limit{16, std::size_t{1} << 20U};
    auto slice = journal.read_stream(instance, *from, page, read_direction::backward);
    if (!slice)
      return fail(slice.error());
    for (const auto& event : slice->events) {
      auto look = look_of(event, found ? std::optional(found->phase) : std::nullopt);
      if (!look)
        return fail(look.error());
      if (!found)
        found = *look;
      found->failed_step = look->failed_step;
      found->why = look->why;
      if (!has_turned(found->phase) || !look->failed_step.empty() || !look->why.empty())
        return found;
    }
    from = slice->next;
  }
  return found;
}

auto list_sagas(const journal_reader& journal, const saga_query& query) -> result<saga_page> {
  saga_page page;
  auto after = query.after.empty() ? std::string() : query.saga + "-" + query.after;
  constexpr std::size_t streams_at_once = 256;
  for (;;) {
    auto streams = journal.list_streams(query.saga, after, streams_at_once);
    if (!streams)
      return fail(streams.error());
    for (const auto& each : *streams) {
      if (page.sagas.size() == query.sagas_max) {
        page.next = page.sagas.back().key;
        return page;
      }
      auto look = look_at_saga(journal, each.stream);
      if (!look)
        return fail(look.error());
      auto is_wanted = *look && (!query.phase || (*look)->phase == *query.phase) &&
                       (!query.is_open || !has_ended((*look)->phase));
      if (is_wanted)
        page.sagas.push_back(std::move(**look));
    }
    if (streams->size() < streams_at_once)
      return page;
    after = streams->back().stream.name();
  }
}

auto read_transitions(const journal_reader& journal, const stream_id& instance, stream_version after,
                      std::size_t transitions_max) -> result<std::vector<saga_transition>> {
  auto slice = journal.read_stream(instance, after.next(), {transitions_max}, read_direction::forward);
  if (!slice)
    return fail(slice.error());
  std::vector<saga_transition> found;
  found.reserve(slice->events.size());
  for (const auto& event : slice->events) {
    auto record = record_in(event);
    if (!record)
      return fail(record.error());
    found.push_back({event.version, event.data.time, std::move(*record)});
  }
  return found;
}

} // namespace tusker
