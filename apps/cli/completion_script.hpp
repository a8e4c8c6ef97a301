#pragma once

#include <tusker/cli/command_tree.hpp>

#include <string>

namespace tusker::cli {

// Scripts that let a shell complete a program's commands and options, made of the tree of its commands: so they cannot
// be out of date. Values that are folders, files or one of some words are completed too.

[[nodiscard]] auto bash_completion(const described_command& program) -> std::string;
[[nodiscard]] auto zsh_completion(const described_command& program) -> std::string;
[[nodiscard]] auto fish_completion(const described_command& program) -> std::string;

} // namespace tusker::cli
