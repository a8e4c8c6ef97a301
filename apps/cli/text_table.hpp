#pragma once

#include <tusker/cli/terminal.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace tusker::cli {

enum class alignment { left, right };

struct table_column {
  std::string title; ///< Empty in all columns: the table has no header.
  alignment align = alignment::left;
};

/// Rows of text in a box:
///
///   ┌────────┬──────────┐
///   │ Sku    │ Quantity │
///   ├────────┼──────────┤
///   │ NW-011 │       12 │
///   └────────┴──────────┘
///
/// On a terminal that is too narrow the widest left-aligned columns are cut, with an ellipsis; numbers never are.
class text_table {
public:
  explicit text_table(std::vector<table_column> columns);

  /// REQUIRES: as many cells as columns. What is not printable in a cell is replaced.
  void add_row(const std::vector<std::string>& cells);

  /// A rule below the rows so far.
  void add_rule();

  /// The table with its last newline.
  [[nodiscard]] auto to_text(const terminal& where) const -> std::string;

private:
  struct row {
    std::vector<std::string> cells; ///< None: a rule.
  };

  [[nodiscard]] auto has_header() const -> bool;
  [[nodiscard]] auto widths(const terminal& where) const -> std::vector<std::size_t>;

  std::vector<table_column> columns_;
  std::vector<row> rows_;
};

} // namespace tusker::cli
