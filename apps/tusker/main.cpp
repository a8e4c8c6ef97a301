#include <tusker/tool/tusker_program.hpp>

auto main(int argc, char** argv) -> int {
  return tusker::tool::run_tusker_program(argc, argv);
}
