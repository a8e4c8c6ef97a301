#include <tusker/cli/command_reference.hpp>

#include <tusker/cli/exit_status.hpp>

#include <string_view>

namespace tusker::cli {

namespace {

constexpr std::string_view introduction =
    "Made by `order command-reference`, and held equal to it by a test; to make it anew:\n"
    "`build/release/bin/order command-reference >docs/cli.md`. Every program that links `tusker::cli` has "
    "the verbs "
    "of operators, with\n"
    "its own types; the order demo has some of its own.\n\n"
    "- `--data DIR` is the folder of the journal. `--json` prints JSON instead of text: one object, or one a "
    "line "
    "where there are many.\n"
    "  Errors are then one object too, on standard error, with `program`, `error` and `message`.\n"
    "- Tables are as wide as the terminal lets them be; colours are for terminals alone, and not where "
    "`NO_COLOR` is "
    "set.\n"
    "- What only reads works beside a node that runs. What steers a node (projection, subscriber, saga, "
    "dead-letter) or changes a\n"
    "  stream by hand (stream append, truncate, tombstone) is done by the one that runs, asked at its admin "
    "endpoint, or while none\n"
    "  runs by the verb itself under the owner's lock. What needs a journal for itself (journal compact) "
    "takes\n"
    "  that lock, and is refused with status 4 while a node has it; the message says which process.\n"
    "- What destroys asks at a terminal, and needs `--yes` elsewhere; `--dry-run` says what would be done.\n"
    "- Completion: `source <(order completion bash)`, or `zsh`, `fish`. The manual page: `order man | man -l "
    "-`.\n";

auto cell(std::string_view text) -> std::string {
  std::string out;
  for (auto c : text)
    out += c == '|' ? std::string("\\|") : std::string(1, c == '\n' ? ' ' : c);
  return out;
}

auto row(const described_option& option) -> std::string {
  auto text = "| `" + option_text(option) + "` | " + cell(option.description);
  if (!option.choices.empty()) {
    text += ":";
    for (const auto& choice : option.choices)
      text += (choice == option.choices.front() ? " `" : ", `") + choice + "`";
  }
  if (!option.default_value.empty())
    text += " (`" + cell(option.default_value) + "`)";
  return text + " |\n";
}

auto section(const described_command& command) -> std::string {
  auto text = "\n### " + command.path + "\n\n    " + usage_of(command) + "\n\n" + command.description + ".\n";
  if (!command.notes.empty())
    text += "\n" + command.notes + "\n";
  std::string rows;
  for (const auto& word : command.words)
    rows += row(word);
  for (const auto& option : command.options)
    if (option.names.front() != "--help")
      rows += row(option);
  return rows.empty() ? text : text + "\n| | |\n|---|---|\n" + rows;
}

} // namespace

auto command_reference(const described_command& program) -> std::string {
  auto text = "# The command line\n\n" + std::string(introduction) + "\n## Exit status\n\n```\n" +
              std::string(exit_status_help.substr(exit_status_help.find('\n') + 1)) + "```\n\n## Commands\n";
  for (const auto* command : all_commands(program))
    if (command->commands.empty())
      text += section(*command);
  return text;
}

} // namespace tusker::cli
