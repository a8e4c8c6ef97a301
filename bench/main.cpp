#include <tusker/bench/bench_program.hpp>

auto main(int argc, char** argv) -> int {
  return tusker::bench::run_bench_program(argc, argv);
}
