#include <tusker/cli/completion_script.hpp>
#include <tusker/cli/completion_words.hpp>

namespace tusker::cli {

namespace {

/// In single quotes, as fish reads it.
auto fish_quoted(std::string_view text) -> std::string {
  std::string quoted = "'";
  for (auto c : text)
    quoted += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return quoted + "'";
}

auto value_of(const described_option& option) -> std::string {
  switch (completed_by(option)) {
  case completed_value::choice:
    return " -x -a " + fish_quoted(joined(option.choices));
  case completed_value::folder:
    return " -x -a '(__fish_complete_directories)'";
  case completed_value::file:
    return " -r -F";
  case completed_value::nothing:
    break;
  }
  return option.value.empty() ? "" : " -x";
}

auto line_begin(const described_command& program, const described_command& command) -> std::string {
  auto function = "__" + function_name(program.path) + "_is_at";
  return "complete -c " + program.path + " -n " + fish_quoted(function + " " + fish_quoted(command.path));
}

auto lines_of(const described_command& program, const described_command& command) -> std::string {
  auto begin = line_begin(program, command);
  std::string lines;
  for (const auto& below : command.commands)
    lines += begin + " -f -a " + fish_quoted(below.name()) + " -d " + fish_quoted(below.description) + "\n";
  for (const auto& word : command.words)
    if (completed_by(word) != completed_value::nothing)
      lines += begin + (completed_by(word) == completed_value::file ? " -F" : value_of(word)) + "\n";
  for (const auto& option : command.options) {
    lines += begin;
    for (const auto& name : option.names)
      lines += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    lines += value_of(option) + " -d " + fish_quoted(option.description) + "\n";
  }
  return lines;
}

} // namespace

auto fish_completion(const described_command& program) -> std::string {
  const auto& name = program.path;
  auto function = "__" + function_name(name) + "_is_at";
  std::string paths;
  std::string lines;
  for (const auto* command : all_commands(program)) {
    if (command != &program)
      paths += " " + fish_quoted(command->path);
    lines += lines_of(program, *command);
  }
  return "# fish completion for " + name + ", made by: " + name + " completion fish\nfunction " + function +
         " --argument-names wanted\n"
         "  set -l at " +
         fish_quoted(name) +
         "\n"
         "  for word in (commandline -opc)[2..-1]\n"
         "    if contains -- \"$at $word\"" +
         paths +
         "\n"
         "      set at \"$at $word\"\n"
         "    end\n"
         "  end\n"
         "  test \"$at\" = \"$wanted\"\n"
         "end\n"
         "complete -c " +
         name + " -f\n" + lines;
}

} // namespace tusker::cli
