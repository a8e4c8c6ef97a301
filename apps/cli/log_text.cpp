#include <tusker/cli/log_text.hpp>

#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/text_width.hpp>

#include <utility>

namespace tusker::cli {

namespace {

/// In quotes when it is not one word.
auto field_value(const std::string& value) -> std::string {
  auto is_word = !value.empty() && value.find_first_of(" \"=") == std::string::npos;
  return is_word ? value : '"' + value + '"';
}

} // namespace

auto human_text(const log_record& record) -> std::string {
  auto text = record.message;
  for (const auto& field : record.fields)
    text += " " + field.name + "=" + field_value(field.value);
  if (!record.correlation_id.empty())
    text += " correlation_id=" + record.correlation_id;
  return printable(text);
}

auto json_text(const log_record& record, std::string_view program, timestamp now) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "time", to_string(now));
  json_field(out, "level", name_of(record.level));
  json_field(out, "program", program);
  json_field(out, "component", name_of(record.component));
  json_field(out, "message", printable(record.message));
  if (!record.correlation_id.empty())
    json_field(out, "correlation_id", record.correlation_id);
  for (const auto& field : record.fields)
    json_field(out, field.name, printable(field.value));
  out.end_object();
  auto line = json_line(std::move(out));
  line.pop_back(); // The log ends its lines itself.
  return line;
}

} // namespace tusker::cli
