#pragma once

#include <tusker/persistence/lmdb_data_file.hpp>

#include <cstdint>
#include <vector>

namespace tusker {

/// A set of page numbers of one data file: one bit a page.
class lmdb_page_set {
public:
  /// Of the pages 0 to `last`.
  explicit lmdb_page_set(page_number last) : members_(last + 1, false) {}

  /// False when it is a member already. REQUIRES: `page` is at most the last one.
  [[nodiscard]] auto insert(page_number page) -> bool {
    if (members_[page])
      return false;
    members_[page] = true;
    ++count_;
    return true;
  }

  [[nodiscard]] auto contains(page_number page) const -> bool {
    return page < members_.size() && members_[page];
  }
  [[nodiscard]] auto count() const -> std::uint64_t { return count_; }
  [[nodiscard]] auto last() const -> page_number { return members_.size() - 1; }

private:
  std::vector<bool> members_;
  std::uint64_t count_ = 0;
};

} // namespace tusker
