#include <tusker/cli/projection_facts.hpp>

#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/read_side.hpp>
#include <tusker/cli/text_table.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/timestamp.hpp>

#include <string_view>
#include <utility>

namespace tusker::cli {

namespace {

constexpr log_id followed{0};

auto mode_text(projection_mode mode) -> std::string_view {
  return mode == projection_mode::paused ? "paused" : "running";
}

/// What matters most of it, in a word.
auto state_text(const projection_facts& facts) -> std::string {
  if (facts.entry.mode == projection_mode::paused)
    return "paused";
  if (!facts.entry.last_error.empty())
    return "failed";
  if (facts.entry.building)
    return "rebuilding";
  return facts.lag == 0 ? "up to date" : "behind";
}

auto progress_text(const model_entry& model) -> std::string {
  return model.progressed == timestamp() ? "never" : to_string(model.progressed);
}

auto version_text(const projection_facts& facts) -> std::string {
  auto stored = std::to_string(facts.entry.serving.version.value());
  if (!facts.code_version || *facts.code_version == facts.entry.serving.version)
    return stored;
  return stored + " (the program has " + std::to_string(facts.code_version->value()) + ")";
}

void write_rebuild(json_writer& out, const std::optional<model_entry>& built) {
  out.key("rebuild");
  if (!built)
    return out.null();
  out.begin_object();
  json_field(out, "version", built->version);
  json_field(out, "position", built->offset_of(followed));
  out.end_object();
}

} // namespace

auto look_at(const projection_entry& entry, const journal_reader& journal, const registered_types& types)
    -> result<projection_facts> {
  auto head = journal.head(followed);
  if (!head)
    return fail(head.error());
  auto position = entry.serving.offset_of(followed);
  projection_facts facts{entry, *head, *head > position ? head->value() - position.value() : 0, {}};
  auto known = types.projections().find(entry.name);
  if (known == types.projections().end() || !known->second)
    return facts;
  facts.code_version = known->second->version;
  auto behind = events_behind(journal, *known->second, position);
  if (!behind)
    return fail(behind.error());
  facts.lag = *behind;
  return facts;
}

auto facts_json(const projection_facts& facts) -> std::string {
  const auto& serving = facts.entry.serving;
  json_writer out;
  out.begin_object();
  json_field(out, "projection", facts.entry.name);
  json_field(out, "mode", mode_text(facts.entry.mode));
  json_field(out, "version", serving.version);
  json_field(out, "code_version", facts.code_version);
  json_field(out, "position", serving.offset_of(followed));
  json_field(out, "head", facts.head);
  json_field(out, "lag", facts.lag);
  json_field(out, "progressed",
             serving.progressed == timestamp() ? std::nullopt : std::optional(serving.progressed));
  json_field(out, "last_error", printable(facts.entry.last_error));
  write_rebuild(out, facts.entry.building);
  out.end_object();
  return json_line(std::move(out));
}

auto facts_table(const std::vector<projection_facts>& all, const terminal& where) -> std::string {
  text_table table({{"Projection", alignment::left},
                    {"State", alignment::left},
                    {"Version", alignment::left},
                    {"Position", alignment::right},
                    {"Lag", alignment::right},
                    {"Last progress", alignment::left}});
  for (const auto& facts : all)
    table.add_row({facts.entry.name, state_text(facts), version_text(facts),
                   grouped(facts.entry.serving.offset_of(followed).value()), grouped(facts.lag),
                   progress_text(facts.entry.serving)});
  return table.to_text(where);
}

auto facts_text(const projection_facts& facts, const terminal& where) -> std::string {
  text_table table({{"Projection", alignment::left}, {facts.entry.name, alignment::left}});
  table.add_row({"State", state_text(facts)});
  table.add_row({"Version", version_text(facts)});
  table.add_row({"Position", grouped(facts.entry.serving.offset_of(followed).value())});
  table.add_row({"Head of the journal", grouped(facts.head.value())});
  table.add_row({"Lag", grouped(facts.lag)});
  table.add_row({"Last progress", progress_text(facts.entry.serving)});
  if (const auto& built = facts.entry.building)
    table.add_row({"Rebuild", "version " + std::to_string(built->version.value()) + ", at " +
                                  grouped(built->offset_of(followed).value())});
  auto text = table.to_text(where);
  if (!facts.entry.last_error.empty())
    text += "Stopped by: " + printable(facts.entry.last_error) + "\n";
  return text;
}

} // namespace tusker::cli
