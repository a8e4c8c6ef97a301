#include <tusker/cli/completion_words.hpp>

namespace tusker::cli {

auto path_pattern(const described_command& program) -> std::string {
  std::string pattern;
  for (const auto* command : all_commands(program))
    if (command != &program)
      pattern += (pattern.empty() ? "" : "|") + shell_quoted(command->path);
  return pattern;
}

auto value_cases(const described_command& program, std::string_view begin,
                 std::string (*act)(const described_option&)) -> std::string {
  std::string cases;
  auto add = [&](const std::string& path, const described_option& option) {
    for (const auto& name : option.names) {
      cases.append(begin).append(shell_quoted(std::string(path).append(" ").append(name)));
      cases.append(") ").append(act(option)).append("; return ;;\n");
    }
  };
  for (const auto* command : all_commands(program))
    for (const auto& option : command->options)
      if (!option.value.empty())
        add(command->path, option);
  return cases;
}

} // namespace tusker::cli
