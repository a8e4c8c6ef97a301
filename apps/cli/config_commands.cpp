#include <tusker/cli/config_commands.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/config_choice.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/limit_options.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/terminal.hpp>
#include <tusker/cli/text_table.hpp>
#include <tusker/config/config_operators.hpp>
#include <tusker/model/nearest_name.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker::cli {

namespace {

/// The parts of one kind, and which of them run.
struct kind_of_parts {
  std::string_view kind;
  std::vector<std::string> running;
  std::vector<std::string> left_out;
};

template <class Options>
auto parts_of(std::string_view kind, const part_map<Options>& parts) -> kind_of_parts {
  kind_of_parts made{kind, {}, {}};
  for (const auto& [name, part] : parts)
    (part.is_on ? made.running : made.left_out).push_back(name);
  return made;
}

auto all_parts(const registered_types& types) -> std::array<kind_of_parts, 4> {
  return {
      parts_of("aggregate", types.aggregate_parts().parts()), parts_of("queue", types.queue_parts().parts()),
      parts_of("projection", types.projection_parts().parts()), parts_of("saga", types.saga_parts().parts())};
}

auto listed(const std::vector<std::string>& names) -> std::string {
  std::string text;
  for (const auto& name : names)
    text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// Variables that are meant for a config, and that no option has, each with the nearest one.
auto ignored_variables(const config_report& report) -> std::vector<std::string> {
  std::vector<std::string> known{config_variable};
  for (const auto& option : report.options)
    known.push_back(variable_of(option.section, option.key));
  std::vector<std::string> ignored;
  for (const auto& name : process_variables("TUSKER_")) {
    if (std::find(known.begin(), known.end(), name) != known.end())
      continue;
    auto nearest = nearest_name(name, known);
    auto& line = ignored.emplace_back(name);
    if (!nearest.empty())
      line.append(" (did you mean ").append(nearest).append("?)");
  }
  return ignored;
}

auto given_count(const config_report& report) -> std::uint64_t {
  return static_cast<std::uint64_t>(
      std::count_if(report.options.begin(), report.options.end(), [](const auto& each) {
        return each.source.origin != value_origin::fallback && each.source.origin != value_origin::hook;
      }));
}

auto check_text(const program_wiring& wiring) -> std::string {
  auto text = (wiring.file.empty() ? std::string("without a file") : wiring.file) + ": right, " +
              std::to_string(given_count(wiring.report)) + " options are given\n";
  for (const auto& kind : all_parts(wiring.types)) {
    if (!kind.running.empty())
      text += "  runs " + std::string(kind.kind) + " " + listed(kind.running) + "\n";
    if (!kind.left_out.empty())
      text += "  leaves out " + std::string(kind.kind) + " " + listed(kind.left_out) + "\n";
  }
  if (auto ignored = ignored_variables(wiring.report); !ignored.empty())
    text += "  ignores the environment's " + listed(ignored) + "\n";
  return text;
}

auto check_json(const program_wiring& wiring) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "file", wiring.file);
  json_field(out, "given", given_count(wiring.report));
  for (const auto& kind : all_parts(wiring.types)) {
    json_field(out, kind.kind, kind.running);
    json_field(out, std::string(kind.kind) + "_left_out", kind.left_out);
  }
  json_field(out, "ignored_variables", ignored_variables(wiring.report));
  out.end_object();
  return json_line(std::move(out));
}

auto origin_name(value_origin origin) -> std::string_view {
  constexpr std::array<std::string_view, 5> names{"default", "function", "file", "environment", "flag"};
  return names.at(static_cast<std::size_t>(origin));
}

auto option_json(const explained_option& option) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "section", option.section);
  json_field(out, "key", option.key);
  json_field(out, "value", option.value);
  json_field(out, "origin", origin_name(option.source.origin));
  json_field(out, "source", option.source.text);
  out.end_object();
  return json_line(std::move(out));
}

void print_explanation(const config_report& report, output_format format) {
  if (format == output_format::json) {
    for (const auto& each : report.options)
      print(option_json(each));
    return;
  }
  text_table table({{"Option"}, {"Value"}, {"From"}});
  const auto* before = report.options.empty() ? nullptr : &report.options.front().section;
  for (const auto& each : report.options) {
    if (each.section != *before)
      table.add_rule();
    before = &each.section;
    table.add_row({each.section + "." + each.key, each.value, each.source.text});
  }
  print(table.to_text(inspect_terminal(1)));
}

constexpr auto check_notes = "Each problem is one line of standard error, FILE:LINE:COLUMN: what was "
                             "expected, and the exit status is 2.";

constexpr auto explain_notes =
    "Where a value comes from: a flag, else the environment, else the file, else a function that "
    "[event_driven]\n"
    "names, else the default. Secrets are shown as (secret). --json prints an object a line.";

void add_check(command_set& commands, CLI::App& group) {
  auto as_json = std::make_shared<bool>(false);
  auto& check = commands.add(
      group, "check", "Whether a config is right, and what runs with it",
      [as_json, &commands] {
        print(*as_json ? check_json(commands.wiring()) : check_text(commands.wiring()));
        return exit_status::ok;
      },
      check_notes);
  check.add_flag("--json", *as_json, "JSON instead of text; errors too");
  add_explained_options(check);
}

void add_explain(command_set& commands, CLI::App& group) {
  auto as_json = std::make_shared<bool>(false);
  auto& explain = commands.add(
      group, "explain", "Every option with its value, and where it comes from",
      [as_json, &commands] {
        print_explanation(commands.wiring().report, *as_json ? output_format::json : output_format::text);
        return exit_status::ok;
      },
      explain_notes);
  explain.add_flag("--json", *as_json, "JSON instead of text; errors too");
  add_explained_options(explain);
}

void add_reference(command_set& commands, CLI::App& group, const sample_config& sample) {
  auto as_sample = std::make_shared<bool>(false);
  auto& reference = commands.add_unwired(
      group, "reference", "All that a config may say, as a page in Markdown",
      [as_sample, &commands, &sample] {
        print(*as_sample ? sample_file(sample.head, sample_sections(commands.wiring().types, sample.values))
                         : reference_page(documented_config()));
        return exit_status::ok;
      });
  reference.add_flag("--sample", *as_sample, "A config file that says all of it, most of it in comments");
}

} // namespace

void add_config_commands(command_set& commands, const sample_config& sample) {
  auto& group = commands.group("config", "What the program is configured to be");
  add_check(commands, group);
  add_explain(commands, group);
  add_reference(commands, group, sample);
}

} // namespace tusker::cli
