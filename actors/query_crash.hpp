#pragma once

#include <cstddef>

namespace tusker {

/// By a test: let a worker die as if it had crashed, or the desk itself.
struct crash_query_part {
  enum class part { worker, desk };

  part dying = part::worker;
  std::size_t worker = 0;
};

} // namespace tusker
