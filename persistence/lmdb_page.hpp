#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/lmdb_data_file.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

enum class lmdb_page_kind { branch, leaf };

/// One entry of a tree page. The views point into the page.
struct lmdb_node {
  std::string_view key;
  /// In a leaf. Empty when the value stands in overflow pages.
  std::string_view value;
  /// The child of a branch; the first overflow page of a leaf's value that `is_overflowing`.
  page_number page = 0;
  std::uint64_t value_bytes = 0;
  bool is_overflowing = false;
  bool is_table = false; ///< The value is an `lmdb_tree`.
};

/// A page of a tree, taken apart.
struct lmdb_page {
  lmdb_page_kind kind = lmdb_page_kind::leaf;
  std::vector<lmdb_node> nodes;
};

/// Takes a page of a tree apart, and proves on the way that every byte LMDB would follow lies within it. The message
/// of an error is what is wrong, without the place. Errors: `journal_errc::corrupt`. REQUIRES: `bytes` outlives the
/// result.
[[nodiscard]] auto decode_page(page_number number, std::string_view bytes) -> result<lmdb_page>;

/// How many pages the overflow page that `head` begins says that it has: `head` is at least its first 16 bytes.
/// Errors: `journal_errc::corrupt` when it is no such page or too short for a value of that size.
[[nodiscard]] auto decode_overflow(page_number number, std::string_view head, std::uint64_t value_bytes,
                                   std::size_t page_bytes) -> result<std::uint64_t>;

} // namespace tusker
