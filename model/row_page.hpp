#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tusker {

/// How much of a range is wanted at once, and from where on.
struct page_request {
  /// At least one row comes where there is one.
  std::size_t rows_max = 100;
  /// Of the rows as they are stored, in bytes. A row that is larger comes alone.
  std::size_t bytes_max = std::size_t{8} << 20U;
  /// The `next` of the page before; empty for the first.
  std::string after = {};
};

/// Rows of a range, in its order.
template <class Row>
struct row_page {
  std::vector<Row> rows;
  /// What the next page of the same range is asked for with; empty when this is the last. It is letters and digits, and
  /// stays good: whoever asks later gets the rows that then stand behind this page.
  std::string next;

  friend auto operator==(const row_page&, const row_page&) -> bool = default;
};

} // namespace tusker
