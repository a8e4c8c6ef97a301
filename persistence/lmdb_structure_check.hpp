#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/lmdb_data_file.hpp>
#include <tusker/persistence/lmdb_meta_check.hpp>
#include <tusker/persistence/lmdb_page.hpp>
#include <tusker/persistence/lmdb_page_set.hpp>
#include <tusker/persistence/verify_notes.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// A table whose pages were walked.
struct checked_table {
  std::string name;
  std::uint64_t entries = 0;
  std::uint64_t pages = 0;
  /// Whether LMDB can be let near: every page is what it should be, so that walks and look-ups stay in the file and
  /// find what is there.
  bool is_sound = false;
};

/// Looks at all pages of one commit, with `pread`: LMDB believes its pages without a check, so a wrong byte in one
/// ends the process or hides entries. Proves of each tree that its pages are where and what they should be, that
/// keys stand in order within the bounds their parents give, that its counts are right; and of all together that no
/// page is used twice or is both used and free. Values are none of its business.
class lmdb_structure_check {
public:
  /// All must outlive this. REQUIRES: the pages of `meta` cannot be used again meanwhile: somebody holds a read
  /// transaction, or nobody writes.
  lmdb_structure_check(const lmdb_data_file& file, std::size_t page_bytes, const lmdb_meta& meta,
                       verify_notes& notes);

  /// Notes all faults and gives what the main tree lists, the tables in the order of their names.
  /// Errors: `journal_errc::io_error`.
  [[nodiscard]] auto run() -> result<std::vector<checked_table>>;

private:
  struct walk;
  struct bounds;

  [[nodiscard]] auto read_page(page_number page) -> result<std::string>;
  /// Notes a fault and gives false when the page is out of range or somebody uses it already.
  [[nodiscard]] auto take(walk& at, page_number page) -> bool;
  [[nodiscard]] auto visit(walk& at, page_number page, unsigned level, const bounds& within) -> result<void>;
  [[nodiscard]] auto visit_children(walk& at, const lmdb_page& page, unsigned level, const bounds& within)
      -> result<void>;
  [[nodiscard]] auto visit_entries(walk& at, const lmdb_page& page) -> result<void>;
  [[nodiscard]] auto visit_overflow(walk& at, const lmdb_node& node) -> result<void>;
  void check_order(walk& at, page_number number, const lmdb_page& page, const bounds& within);
  void check_counts(walk& at);
  [[nodiscard]] auto check_tree(walk& at) -> result<bool>;
  [[nodiscard]] auto check_tables() -> result<std::vector<checked_table>>;
  [[nodiscard]] auto check_free_list() -> result<void>;
  [[nodiscard]] auto check_length(const lmdb_page_set& free) -> result<void>;
  void count_free(std::string_view key, std::string_view numbers, lmdb_page_set& free);

  const lmdb_data_file& file_;
  std::size_t page_bytes_;
  const lmdb_meta& meta_;
  verify_notes& notes_;
  lmdb_page_set used_;
};

} // namespace tusker
