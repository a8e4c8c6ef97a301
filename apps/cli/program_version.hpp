#pragma once

#include <string_view>

namespace tusker::cli {

/// What `--version` says. The same as the project's in CMakeLists.txt; tests/e2e/help.sh compares them.
inline constexpr std::string_view program_version = "0.1.0";

} // namespace tusker::cli
