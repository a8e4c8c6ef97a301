#include <tusker/cli/completion_script.hpp>
#include <tusker/cli/completion_words.hpp>

namespace tusker::cli {

namespace {

auto reply_of(const described_option& option) -> std::string {
  switch (completed_by(option)) {
  case completed_value::choice:
    return "mapfile -t COMPREPLY < <(compgen -W " + shell_quoted(joined(option.choices)) + " -- \"$cur\")";
  case completed_value::folder:
    return "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- \"$cur\")";
  case completed_value::file:
    return "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")";
  case completed_value::nothing:
    break;
  }
  return ":";
}

auto word_cases(const described_command& program) -> std::string {
  std::string cases;
  for (const auto* command : all_commands(program)) {
    std::vector<std::string> words;
    for (const auto& below : command->commands)
      words.push_back(below.name());
    for (const auto& option : command->options)
      words.insert(words.end(), option.names.begin(), option.names.end());
    cases += "    " + shell_quoted(command->path) + ") words=" + shell_quoted(joined(words)) + " ;;\n";
  }
  return cases;
}

auto file_cases(const described_command& program) -> std::string {
  std::string cases;
  for (const auto* command : all_commands(program))
    if (!command->words.empty() && completed_by(command->words.front()) != completed_value::nothing)
      cases +=
          "      " + shell_quoted(command->path) + ") " + reply_of(command->words.front()) + "; return ;;\n";
  return cases;
}

} // namespace

auto bash_completion(const described_command& program) -> std::string {
  const auto& name = program.path;
  auto function = "_" + function_name(name) + "_complete";
  return "# bash completion for " + name + ", made by: " + name + " completion bash\n" + function +
         "() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} at=" +
         shell_quoted(name) +
         " words='' word\n"
         "  COMPREPLY=()\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD - 1}\"; do\n"
         "    case \"$at $word\" in\n"
         "    " +
         path_pattern(program) +
         ") at=\"$at $word\" ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"$at $prev\" in\n" +
         value_cases(program, "    ", reply_of) +
         "  esac\n"
         "  case \"$at\" in\n" +
         word_cases(program) +
         "  esac\n"
         "  if [[ $cur != -* ]]; then\n"
         "    case \"$at\" in\n" +
         file_cases(program) +
         "      *) : ;;\n"
         "    esac\n"
         "  fi\n"
         "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
         "}\n"
         "complete -F " +
         function + " " + name + "\n";
}

} // namespace tusker::cli
