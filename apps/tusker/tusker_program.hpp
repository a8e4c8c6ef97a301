#pragma once

namespace tusker::tool {

/// The program `tusker`. Returns what to exit with.
[[nodiscard]] auto run_tusker_program(int argc, const char* const* argv) -> int;

} // namespace tusker::tool
