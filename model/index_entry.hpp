#pragma once

#include <compare>
#include <string>

namespace tusker {

/// A row is found in an index under bytes whose order is the index's order (see `ordered_key`). A row may have several
/// entries in one index, and is then met once for each.
struct index_entry {
  std::string index;
  std::string key;

  friend auto operator==(const index_entry&, const index_entry&) -> bool = default;
  friend auto operator<=>(const index_entry&, const index_entry&) = default;
};

} // namespace tusker
