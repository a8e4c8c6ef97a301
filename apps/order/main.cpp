#include <order/order_program.hpp>

auto main(int argc, char** argv) -> int {
  return order_demo::run_order_program(argc, argv);
}
