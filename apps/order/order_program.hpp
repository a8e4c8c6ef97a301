#pragma once

namespace order_demo {

/// The program `order`. Returns what to exit with.
[[nodiscard]] auto run_order_program(int argc, const char* const* argv) -> int;

} // namespace order_demo
