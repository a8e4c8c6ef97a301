#include <tusker/cli/completion_script.hpp>
#include <tusker/cli/completion_words.hpp>

namespace tusker::cli {

namespace {

/// `name:description`, with the colons of the name escaped.
auto entry(const std::string& name, const std::string& description) -> std::string {
  std::string text;
  for (auto c : name)
    text += c == ':' ? std::string("\\:") : std::string(1, c);
  return shell_quoted(text + ":" + description);
}

auto action_of(const described_option& option) -> std::string {
  switch (completed_by(option)) {
  case completed_value::choice:
    return "compadd -- " + joined(option.choices);
  case completed_value::folder:
    return "_files -/";
  case completed_value::file:
    return "_files";
  case completed_value::nothing:
    break;
  }
  return "_message " + shell_quoted(option.value);
}

auto entry_cases(const described_command& program) -> std::string {
  std::string cases;
  for (const auto* command : all_commands(program)) {
    cases += "    (" + shell_quoted(command->path) + ")\n      entries=(";
    for (const auto& below : command->commands)
      cases += " " + entry(below.name(), below.description);
    cases += ")\n      options=(";
    for (const auto& option : command->options)
      for (const auto& name : option.names)
        cases += " " + entry(name, option.description);
    cases += ")\n";
    auto takes_file =
        !command->words.empty() && completed_by(command->words.front()) != completed_value::nothing;
    if (takes_file)
      cases += "      [[ $PREFIX == -* ]] || " + action_of(command->words.front()) + "\n";
    cases += "      ;;\n";
  }
  return cases;
}

} // namespace

auto zsh_completion(const described_command& program) -> std::string {
  const auto& name = program.path;
  auto function = "_" + function_name(name);
  return "#compdef " + name + "\n# zsh completion for " + name + ", made by: " + name + " completion zsh\n" +
         function +
         "() {\n"
         "  local at=" +
         shell_quoted(name) +
         " word\n"
         "  local -a entries options\n"
         "  for word in \"${(@)words[2,CURRENT-1]}\"; do\n"
         "    case \"$at $word\" in\n"
         "    (" +
         path_pattern(program) +
         ") at=\"$at $word\" ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"$at ${words[CURRENT-1]}\" in\n" +
         value_cases(program, "    (", action_of) +
         "  esac\n"
         "  case \"$at\" in\n" +
         entry_cases(program) +
         "  esac\n"
         "  (( ${#entries} )) && _describe command entries\n"
         "  _describe option options\n"
         "}\n"
         "if [[ $funcstack[1] == " +
         function + " ]]; then\n  " + function + " \"$@\"\nelse\n  compdef " + function + " " + name +
         "\nfi\n";
}

} // namespace tusker::cli
