#include <tusker/cli/saga_move_json.hpp>

#include <tusker/cli/json_fields.hpp>

#include <string_view>
#include <utility>

namespace tusker::cli {

namespace {

template <class Value>
void field_if(json_writer& out, std::string_view name, bool is_there, const Value& value) {
  if (is_there)
    return json_field(out, name, value);
  out.key(name);
  out.null();
}

} // namespace

auto move_json(const saga_transition& transition, const saga_move& move) -> std::string {
  auto has_step = !move.step.empty();
  json_writer out;
  out.begin_object();
  json_field(out, "transition", transition.number);
  json_field(out, "at", transition.at);
  json_field(out, "input", name_of(transition.record.input));
  json_field(out, "input_detail", transition.record.detail);
  json_field(out, "act", name_of(move.act));
  field_if(out, "step", has_step, move.step);
  field_if(out, "item", has_step, move.item);
  field_if(out, "attempt", move.attempt > 0, move.attempt);
  field_if(out, "count", move.count > 0, move.count);
  json_field(out, "due", move.due);
  field_if(out, "detail", !move.detail.empty(), move.detail);
  out.end_object();
  return json_line(std::move(out));
}

} // namespace tusker::cli
