#include <tusker/cli/help_commands.hpp>

#include <tusker/cli/command_reference.hpp>
#include <tusker/cli/completion_script.hpp>
#include <tusker/cli/manual_page.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/program_version.hpp>

#include <memory>
#include <string>
#include <vector>

namespace tusker::cli {

namespace {

constexpr auto completion_notes =
    "bash: source it from ~/.bashrc, or put it into\n"
    "~/.local/share/bash-completion/completions under the program's name. zsh: put it\n"
    "into a folder of $fpath as _NAME. fish: put it into\n"
    "~/.config/fish/completions as NAME.fish.";

auto script_of(const CLI::App& program, const std::string& shell) -> std::string {
  auto tree = describe_program(program);
  if (shell == "zsh")
    return zsh_completion(tree);
  return shell == "fish" ? fish_completion(tree) : bash_completion(tree);
}

} // namespace

void add_help_commands(command_set& commands) {
  auto& program = commands.program();
  auto shell = std::make_shared<std::string>();
  auto& completion = commands.add_unwired(
      program, "completion", "A script that lets a shell complete commands and options",
      [&program, shell] {
        print(script_of(program, *shell));
        return exit_status::ok;
      },
      completion_notes);
  completion.add_option("SHELL", *shell, "Whose script")
      ->required()
      ->check(CLI::IsMember(std::vector<std::string>{"bash", "zsh", "fish"}));
  commands.add_unwired(program, "man", "The manual page, for man -l -", [&program] {
    print(manual_page(describe_program(program), program_version));
    return exit_status::ok;
  });
  auto& reference =
      commands.add_unwired(program, "command-reference", "All commands as Markdown", [&program] {
        print(command_reference(describe_program(program)));
        return exit_status::ok;
      });
  reference.group("");
}

} // namespace tusker::cli
