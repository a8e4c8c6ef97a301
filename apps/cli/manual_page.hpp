#pragma once

#include <tusker/cli/command_tree.hpp>

#include <string>
#include <string_view>

namespace tusker::cli {

/// The manual page of a program, section 1, for man(7) of groff and mandoc, made of the tree of its commands.
[[nodiscard]] auto manual_page(const described_command& program, std::string_view version) -> std::string;

} // namespace tusker::cli
