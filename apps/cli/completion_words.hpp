#pragma once

#include <tusker/cli/command_tree.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tusker::cli {

// What the completion scripts of all shells need of the tree.

/// What may stand where a value is.
enum class completed_value { nothing, folder, file, choice };

[[nodiscard]] inline auto completed_by(const described_option& option) -> completed_value {
  if (!option.choices.empty())
    return completed_value::choice;
  if (option.value == "DIR")
    return completed_value::folder;
  return option.value == "FILE" ? completed_value::file : completed_value::nothing;
}

/// In single quotes, as all shells read it.
[[nodiscard]] inline auto shell_quoted(std::string_view text) -> std::string {
  std::string quoted = "'";
  for (auto c : text)
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

/// A name that a shell's function can have.
[[nodiscard]] inline auto function_name(std::string_view program) -> std::string {
  std::string name(program);
  for (auto& c : name)
    c = c == '-' || c == '.' ? '_' : c;
  return name;
}

/// Joined by blanks.
[[nodiscard]] inline auto joined(const std::vector<std::string>& words) -> std::string {
  std::string text;
  for (const auto& word : words)
    text += (text.empty() ? "" : " ") + word;
  return text;
}

/// All commands but the program itself, as the pattern of a shell's `case`.
[[nodiscard]] auto path_pattern(const described_command& program) -> std::string;

/// The branches of a shell's `case` over what stands behind an option that takes a value: each begins with `begin`, and
/// does what `act` says.
[[nodiscard]] auto value_cases(const described_command& program, std::string_view begin,
                               std::string (*act)(const described_option&)) -> std::string;

} // namespace tusker::cli
