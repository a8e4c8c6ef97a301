#include <tusker/model/row_selection.hpp>

#include <algorithm>

namespace tusker {

void row_selection::begin_at(const std::optional<std::string>& low) {
  if (low)
    range.low = std::max(range.low, *low);
  else
    range.high = range.low;
}

void row_selection::end_before(const std::optional<std::string>& high) {
  if (high && (!range.high || *high < *range.high))
    range.high = high;
}

} // namespace tusker
