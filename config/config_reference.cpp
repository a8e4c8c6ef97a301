#include <tusker/config/config_reference.hpp>

#include <tusker/config/config_operators.hpp>
#include <tusker/config/given_options.hpp>

#include <algorithm>
#include <cstddef>
#include <set>

namespace tusker {

namespace {

constexpr std::size_t columns = 110;

auto section_title(const section_facts& section) -> std::string {
  return "[" + section.name + (section.is_of_parts ? ".NAME]" : "]");
}

auto variable_in_page(const section_facts& section, const option_facts& option) -> std::string {
  return variable_of(section.is_of_parts ? section.name + ".NAME" : section.name, option.key);
}

auto table_row(const section_facts& section, const option_facts& option) -> std::string {
  auto type = option.type + (option.limits.empty() ? "" : ", " + option.limits);
  auto given = "`" + variable_in_page(section, option) + "`";
  if (!option.flag.empty())
    given += ", `" + option.flag + "`";
  return "| `" + option.key + "` | " + option.doc + " | " + type + " | `" + option.fallback + "` | " + given +
         " |\n";
}

/// `text` in lines that begin with `# `.
auto comment(std::string_view text) -> std::string {
  std::string lines;
  while (!text.empty()) {
    auto end = text.size();
    if (end > columns)
      end = std::min(text.rfind(' ', columns), end);
    lines += "# " + std::string(text.substr(0, end)) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

auto sample_value(const sample_section& section, const option_facts& option) -> std::string {
  auto set = section.values.find(option.key);
  if (set != section.values.end())
    return option.key + " = " + set->second + "\n";
  return "#" + option.key + " = " + option.fallback + "\n";
}

auto sample_comment(const sample_section& section, const option_facts& option) -> std::string {
  auto facts = option.type + (option.limits.empty() ? "" : ", " + option.limits);
  return "\n" + comment(option.doc) +
         comment("(" + facts + "; " + variable_of(section.name, option.key) + ")");
}

} // namespace

auto reference_page(const std::vector<documented_section>& sections) -> std::string {
  std::string page = "### Operators\n\n| operator | gives |\n|---|---|\n";
  for (const auto& each : known_operators())
    page += "| `" + std::string(each.usage) + "` | " + std::string(each.doc) + " |\n";
  for (const auto& section : sections) {
    page += "\n### " + section_title(section.facts) + "\n\n" + section.facts.doc +
            "\n\n| key | is | type | default | also given by |\n|---|---|---|---|---|\n";
    for (const auto& option : section.options)
      page += table_row(section.facts, option);
  }
  return page;
}

auto sample_file(std::string_view head, const std::vector<sample_section>& sections) -> std::string {
  auto file = comment(head);
  std::set<std::string> documented;
  for (const auto& section : sections) {
    // Of the parts of a kind the first says what its options are.
    auto is_first = documented.insert(section.of.facts.name).second;
    file += "\n" + (is_first ? comment(section.of.facts.doc) : "") + "[" + section.name + "]\n";
    for (const auto& option : section.of.options)
      file += (is_first ? sample_comment(section, option) : "") + sample_value(section, option);
  }
  return file;
}

} // namespace tusker
