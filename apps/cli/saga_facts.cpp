#include <tusker/cli/saga_facts.hpp>

#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/saga_text.hpp>
#include <tusker/cli/text_table.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/persistence/saga_transitions.hpp>
#include <tusker/persistence/saga_wish.hpp>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker::cli {

namespace {

constexpr std::size_t open_shown_max = 50;

auto place_text(const saga_failure& at) -> std::string {
  return at.step.empty() ? at.why : at.step + (at.why.empty() ? "" : ": " + at.why);
}

/// Only of one that is stuck there is a phase before.
auto stuck_in(const saga_trace& trace) -> std::optional<std::string_view> {
  const auto& now = trace.now();
  return now.phase == saga_phase::stuck ? std::optional(name_of(now.stuck_in)) : std::nullopt;
}

void write_failure(json_writer& out, std::string_view name, const saga_failure& what) {
  out.key(name);
  if (what == saga_failure{})
    return out.null();
  out.begin_object();
  json_field(out, "step", what.step);
  json_field(out, "why", what.why);
  out.end_object();
}

void write_step(json_writer& out, const saga_step_count& counts) {
  out.begin_object();
  json_field(out, "step", counts.step);
  for (const auto& [name, count] : {std::pair<std::string_view, std::size_t>("items", counts.items),
                                    {"waiting", counts.waiting},
                                    {"open", counts.open},
                                    {"succeeded", counts.succeeded},
                                    {"failed", counts.failed},
                                    {"unknown", counts.unknown},
                                    {"undone", counts.undone},
                                    {"undo_failed", counts.undo_failed}})
    json_field(out, name, std::uint64_t{count});
  out.end_object();
}

void write_open(json_writer& out, const saga_open_item& item) {
  out.begin_object();
  json_field(out, "step", item.step);
  json_field(out, "item", std::uint64_t{item.item});
  json_field(out, "state", name_of(item.now.phase));
  json_field(out, "attempt", item.now.attempt);
  json_field(out, "call", item.now.call);
  json_field(out, "target", item.target);
  json_field(out, "due", item.now.due);
  out.end_object();
}

auto phase_text(const saga_facts& facts) -> std::string {
  auto text = std::string(name_of(facts.look.phase));
  auto before = stuck_in(facts.trace);
  return before ? text + " while " + std::string(*before) : text;
}

auto overview(const saga_facts& facts) -> text_table {
  const auto& look = facts.look;
  const auto& now = facts.trace.now();
  text_table table({{"Saga " + look.saga, alignment::left}, {printable(look.key), alignment::left}});
  table.add_row({"Phase", phase_text(facts)});
  table.add_row({"Declaration",
                 facts.trace.is_free_form() ? "of free form" : "version " + std::to_string(look.version)});
  table.add_row({"Started", to_string(facts.started)});
  table.add_row({"Last transition", to_string(look.at) + ", number " + grouped(look.transitions.value())});
  table.add_row({"Last input", look.last_input});
  if (now.failure != saga_failure{})
    table.add_row({"Failed", place_text(now.failure)});
  if (facts.trace.stands_at() != saga_failure{})
    table.add_row({"Stands at", place_text(facts.trace.stands_at())});
  if (!facts.waits.empty())
    table.add_row({"Waits", "an operator's wish, " + facts.waits + ", for the next node that runs"});
  for (const auto& type : facts.not_hosted)
    table.add_row({"Waits", "for a program that hosts '" + type + "': this one does not"});
  return table;
}

auto steps_table(const std::vector<saga_step_count>& steps, std::string title) -> text_table {
  auto number = [](std::size_t count) { return count == 0 ? std::string() : grouped(count); };
  text_table table({{std::move(title), alignment::left},
                    {"Items", alignment::right},
                    {"Waiting", alignment::right},
                    {"Open", alignment::right},
                    {"Succeeded", alignment::right},
                    {"Failed", alignment::right},
                    {"Unknown", alignment::right},
                    {"Undone", alignment::right},
                    {"Undo failed", alignment::right}});
  for (const auto& each : steps)
    table.add_row({each.step, grouped(each.items), number(each.waiting), number(each.open),
                   number(each.succeeded), number(each.failed), number(each.unknown), number(each.undone),
                   number(each.undo_failed)});
  return table;
}

auto open_table(const std::vector<saga_open_item>& items, std::size_t shown) -> text_table {
  text_table table({{"Under way", alignment::left},
                    {"State", alignment::left},
                    {"Attempt", alignment::right},
                    {"Call", alignment::right},
                    {"Target", alignment::left},
                    {"Due", alignment::left}});
  for (std::size_t at = 0; at < shown; ++at) {
    const auto& [step, item, now, target] = items[at];
    table.add_row({step + "/" + grouped(item), std::string(name_of(now.phase)), std::to_string(now.attempt),
                   std::to_string(now.call), target, now.due ? to_string(*now.due) : ""});
  }
  return table;
}

/// A saga of very many steps is shown by those that are not simply done.
auto steps_shown(std::vector<saga_step_count> steps) -> std::vector<saga_step_count> {
  constexpr std::size_t steps_shown_max = 50;
  if (steps.size() <= steps_shown_max)
    return steps;
  std::erase_if(steps, [](const saga_step_count& each) {
    return each.succeeded == each.items || each.undone == each.items;
  });
  if (steps.size() > steps_shown_max)
    steps.resize(steps_shown_max);
  return steps;
}

} // namespace

auto not_hosted_of(const saga_trace& trace, const registered_types& types) -> std::vector<std::string> {
  std::vector<std::string> missing;
  if (types.aggregates().empty())
    return missing;
  for (const auto& item : trace.open_items())
    if (auto target = stream_id::parse(item.target);
        target && !types.aggregates().contains(std::string(target->category())))
      missing.emplace_back(target->category());
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  return missing;
}

auto look_at(const journal_reader& journal, const stream_id& instance, timestamp now) -> result<saga_facts> {
  saga_facts facts;
  auto read = for_each_transition(journal, instance, [&](const saga_transition& each) -> result<void> {
    if (each.number == empty_stream.next())
      facts.started = each.at;
    return facts.trace.apply(each.record);
  });
  if (!read)
    return fail(read.error());
  auto look = look_at_saga(journal, instance);
  if (!look)
    return fail(look.error());
  auto wish = find_saga_wish(journal, instance, now);
  if (!wish)
    return fail(wish.error());
  facts.look = look->value_or(saga_look{});
  if (*wish)
    facts.waits = name_of(**wish);
  return facts;
}

auto facts_json(const saga_facts& facts) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "saga", facts.look.saga);
  json_field(out, "key", facts.look.key);
  json_field(out, "phase", name_of(facts.look.phase));
  out.key("stuck_in");
  auto before = stuck_in(facts.trace);
  before ? out.text(*before) : out.null();
  json_field(out, "version", facts.look.version);
  json_field(out, "started", facts.started);
  json_field(out, "transitions", facts.look.transitions);
  json_field(out, "at", facts.look.at);
  json_field(out, "last_input", facts.look.last_input);
  json_field(out, "failed_step", facts.trace.now().failure.step);
  json_field(out, "why", facts.trace.now().failure.why);
  write_failure(out, "stands_at", facts.trace.stands_at());
  out.key("waits");
  facts.waits.empty() ? out.null() : out.text(facts.waits);
  out.key("not_hosted");
  out.begin_array();
  for (const auto& type : facts.not_hosted)
    out.text(type);
  out.end_array();
  out.key("steps");
  out.begin_array();
  for (const auto& each : facts.trace.steps())
    write_step(out, each);
  out.end_array();
  out.key("open");
  out.begin_array();
  for (const auto& each : facts.trace.open_items())
    write_open(out, each);
  out.end_array();
  out.end_object();
  return json_line(std::move(out));
}

auto facts_text(const saga_facts& facts, const terminal& where) -> std::string {
  auto steps = facts.trace.steps();
  auto shown = steps_shown(steps);
  auto text = overview(facts).to_text(where) +
              steps_table(shown, facts.trace.is_free_form() ? "Call" : "Step").to_text(where);
  if (shown.size() < steps.size())
    text += either(where, "… ", "... ") + grouped(steps.size() - shown.size()) + " more steps (--json)\n";
  auto open = facts.trace.open_items();
  if (open.empty())
    return text;
  auto open_shown = std::min(open.size(), open_shown_max);
  text += open_table(open, open_shown).to_text(where);
  if (open_shown < open.size())
    text += either(where, "… ", "... ") + grouped(open.size() - open_shown) + " more under way (--json)\n";
  return text;
}

} // namespace tusker::cli
