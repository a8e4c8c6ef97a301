#include <tusker/cli/command_tree.hpp>

#include <tusker/cli/exit_status.hpp>

#include <algorithm>
#include <string_view>

namespace tusker::cli {

namespace {

/// The value's name and what CLI11 puts behind it about what it may be: `ORIGIN:{timer,saga}`.
void describe_value(const CLI::Option& option, described_option& described) {
  auto text = option.get_type_name();
  auto middle = text.find(':');
  described.value = text.substr(0, middle);
  if (described.value.empty() && option.get_items_expected_max() > 0)
    described.value = "TEXT";
  if (middle == std::string::npos || text[middle + 1] != '{')
    return;
  auto list = std::string_view(text).substr(middle + 2);
  list = list.substr(0, list.find('}'));
  while (!list.empty()) {
    auto end = std::min(list.find(','), list.size());
    described.choices.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

auto describe_option(const CLI::Option& option) -> described_option {
  described_option described;
  for (const auto& name : option.get_lnames())
    described.names.push_back("--" + name);
  for (const auto& name : option.get_snames())
    described.names.push_back("-" + name);
  if (described.names.empty())
    described.names.push_back(option.get_name(true));
  if (option.get_items_expected_max() > 0)
    describe_value(option, described);
  described.description = option.get_description();
  described.default_value = option.get_default_str();
  described.is_required = option.get_required();
  described.is_repeated = option.get_expected_max() > 1;
  return described;
}

auto notes_of(const CLI::App& command) -> std::string {
  auto footer = command.get_footer();
  if (auto end = footer.find(exit_status_help); end != std::string::npos)
    footer.erase(end);
  footer.erase(footer.find_last_not_of('\n') + 1);
  return footer;
}

auto describe(const CLI::App& command, const std::string& above) -> described_command {
  described_command described;
  described.path = above + command.get_name();
  described.description = command.get_description();
  described.notes = notes_of(command);
  for (const auto* option : command.get_options())
    (option->get_positional() ? described.words : described.options).push_back(describe_option(*option));
  for (const auto* below : command.get_subcommands([](const CLI::App*) { return true; }))
    if (!below->get_group().empty())
      described.commands.push_back(describe(*below, described.path + " "));
  return described;
}

void collect(const described_command& command, std::vector<const described_command*>& all) {
  all.push_back(&command);
  for (const auto& below : command.commands)
    collect(below, all);
}

} // namespace

auto described_command::name() const -> std::string {
  return path.substr(path.rfind(' ') + 1);
}

auto describe_program(const CLI::App& program) -> described_command {
  return describe(program, "");
}

auto all_commands(const described_command& program) -> std::vector<const described_command*> {
  std::vector<const described_command*> all;
  collect(program, all);
  return all;
}

auto usage_of(const described_command& command) -> std::string {
  auto usage = command.path;
  if (!command.commands.empty())
    return usage + " COMMAND";
  for (const auto& word : command.words) {
    auto name = word.names.front() + (word.is_repeated ? "…" : "");
    usage += word.is_required ? " " + name : " [" + name + "]";
  }
  for (const auto& option : command.options)
    if (option.is_required)
      usage += " " + option_text(option);
  return usage + " [OPTIONS]";
}

auto option_text(const described_option& option) -> std::string {
  std::string text;
  // The short name first, as is the custom.
  for (const auto& name : option.names)
    text.insert(0, std::string(name).append(text.empty() ? "" : ", "));
  auto is_word = !option.names.front().starts_with('-');
  return option.value.empty() || is_word ? text : text + " " + option.value;
}

} // namespace tusker::cli
