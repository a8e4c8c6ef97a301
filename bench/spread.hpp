#pragma once

#include <vector>

namespace tusker::bench {

/// What several measurements of one thing came to.
struct spread {
  double least = 0;
  double median = 0;
  double most = 0;
};

/// Of an even number the lower of the two in the middle. REQUIRES: there is a value.
[[nodiscard]] auto spread_of(std::vector<double> values) -> spread;

} // namespace tusker::bench
