#include <order/demo_console.hpp>

namespace order_demo {

void demo_console::finish() {
  progress.clear();
  malformed.finish();
  rejected.finish();
  failed.finish();
  stopped.finish();
  differing.finish();
  standing.finish();
}

} // namespace order_demo
