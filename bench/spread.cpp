#include <tusker/bench/spread.hpp>

#include <algorithm>
#include <cassert>

namespace tusker::bench {

auto spread_of(std::vector<double> values) -> spread {
  assert(!values.empty());
  std::ranges::sort(values);
  return {values.front(), values[(values.size() - 1) / 2], values.back()};
}

} // namespace tusker::bench
