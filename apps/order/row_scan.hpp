#pragma once

#include <tusker/model/read_rows.hpp>
#include <tusker/model/result.hpp>

#include <utility>

namespace order_demo {

/// Whether a scan goes on.
enum class scan_step { next, end };

/// Tells `on_row` the rows of a range, in its order, until it wants no more; in bounded memory. Errors: those of
/// `read_rows::scan`.
template <class Range, class OnRow>
[[nodiscard]] auto each_row(const tusker::read_rows& rows, const Range& range, OnRow&& on_row)
    -> tusker::result<void> {
  tusker::page_request page;
  page.rows_max = 1'000;
  do {
    auto found = rows.scan(range, page);
    if (!found)
      return tusker::fail(found.error());
    for (const auto& row : found->rows)
      if (on_row(row) == scan_step::end)
        return {};
    page.after = std::move(found->next);
  } while (!page.after.empty());
  return {};
}

} // namespace order_demo
