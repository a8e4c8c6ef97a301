#pragma once

#include <tusker/cli/command_tree.hpp>

#include <string>

namespace tusker::cli {

/// All commands of a program as Markdown, made of the tree of its commands: what docs/cli.md is.
[[nodiscard]] auto command_reference(const described_command& program) -> std::string;

} // namespace tusker::cli
