#include <tusker/cli/event_view.hpp>

#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/stored_json.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/persistence/event_line.hpp>

#include <utility>

namespace tusker::cli {

namespace {

/// What a field says that may be empty or hold bytes that are no text, as `name value  `.
auto named(const std::string& name, const std::string& value) -> std::string {
  return value.empty() ? std::string() : "  " + name + " " + printable(value);
}

auto id_text(const uuid& id) -> std::string {
  return id.is_nil() ? std::string() : to_string(id);
}

auto metadata_text(const metadata& meta) -> std::string {
  auto text = named("command", id_text(meta.causation_id)) + named("subject", meta.subject);
  if (meta.correlation_id != meta.causation_id)
    text += named("correlation", id_text(meta.correlation_id));
  text += named("traceparent", meta.traceparent);
  for (const auto& [name, value] : meta.user)
    text += named(printable(name), value);
  return text;
}

} // namespace

auto event_json(const recorded_event& event) -> std::string {
  json_writer out;
  out.begin_object();
  write_event_members(out, event);
  out.end_object();
  // The content goes in as it is stored: reading and writing it anew could change numbers.
  auto line = json_line(std::move(out));
  line.pop_back();
  return with_json_member(std::move(line), "content", compact_json(event.data.content.json)) + "\n";
}

auto event_text(const recorded_event& event, const terminal& where) -> std::string {
  const auto& content = event.data.content;
  auto type = printable(content.type) + "@" + std::to_string(content.version.value());
  auto place = "  " + to_string(event.data.time) + "  position " + std::to_string(event.at.log.value()) +
               ":" + std::to_string(event.at.offset.value());
  return styled("#" + std::to_string(event.version.value()) + " " + type, text_style::bold, where) + place +
         "\n" + styled(metadata_text(event.data.meta), text_style::dim, where) + "\n" +
         pretty_json(content.json, 2) + "\n\n";
}

} // namespace tusker::cli
