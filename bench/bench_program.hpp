#pragma once

namespace tusker::bench {

/// The program `tusker-bench`: one command a workload, one line of JSON a measurement. Returns what to exit with: a
/// result that was not as it must be is a failure, a slow one never is.
[[nodiscard]] auto run_bench_program(int argc, const char* const* argv) -> int;

} // namespace tusker::bench
