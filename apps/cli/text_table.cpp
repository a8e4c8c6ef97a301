#include <tusker/cli/text_table.hpp>

#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_width.hpp>

#include <algorithm>
#include <cassert>
#include <numeric>
#include <string_view>
#include <utility>

namespace tusker::cli {

namespace {

/// A column is not cut below this: less says nothing.
constexpr std::size_t cut_width_min = 4;

struct rule_shape {
  std::string_view left, cross, right;
};
constexpr rule_shape top_rule{"┌", "┬", "┐"};
constexpr rule_shape middle_rule{"├", "┼", "┤"};
constexpr rule_shape bottom_rule{"└", "┴", "┘"};

auto rule_text(const std::vector<std::size_t>& widths, const rule_shape& shape, const terminal& where)
    -> std::string {
  std::string line;
  for (std::size_t at = 0; at < widths.size(); ++at) {
    line += at == 0 ? shape.left : shape.cross;
    for (std::size_t column = 0; column < widths[at] + 2; ++column)
      line += "─";
  }
  return styled(line.append(shape.right), text_style::dim, where) + "\n";
}

auto cell_text(const std::string& cell, std::size_t width, alignment align, text_style style,
               const terminal& where) -> std::string {
  auto shown = cut_to_width(cell, width);
  auto space = std::string(width - std::min(width, text_width(shown)), ' ');
  auto text = styled(shown, style, where);
  return align == alignment::right ? space + text : text + space;
}

/// The column to cut next: the widest one that is aligned left and still wide enough; none when there is none.
auto column_to_cut(const std::vector<table_column>& columns, const std::vector<std::size_t>& widths)
    -> std::size_t {
  auto widest = columns.size();
  for (std::size_t at = 0; at < columns.size(); ++at)
    if (columns[at].align == alignment::left && widths[at] > cut_width_min)
      if (widest == columns.size() || widths[at] > widths[widest])
        widest = at;
  return widest;
}

} // namespace

text_table::text_table(std::vector<table_column> columns) : columns_(std::move(columns)) {}

void text_table::add_row(const std::vector<std::string>& cells) {
  assert(cells.size() == columns_.size());
  row added;
  std::transform(cells.begin(), cells.end(), std::back_inserter(added.cells),
                 [](const auto& cell) { return printable(cell); });
  rows_.push_back(std::move(added));
}

void text_table::add_rule() {
  rows_.emplace_back();
}

auto text_table::has_header() const -> bool {
  return std::any_of(columns_.begin(), columns_.end(),
                     [](const auto& column) { return !column.title.empty(); });
}

auto text_table::widths(const terminal& where) const -> std::vector<std::size_t> {
  std::vector<std::size_t> widths;
  for (const auto& column : columns_)
    widths.push_back(text_width(column.title));
  for (const auto& [cells] : rows_)
    for (std::size_t at = 0; at < cells.size(); ++at)
      widths[at] = std::max(widths[at], text_width(cells[at]));
  // Each column has a blank on both sides and a line on its left; one more line closes the row.
  auto frame = 3 * widths.size() + 1;
  auto total = std::accumulate(widths.begin(), widths.end(), frame);
  for (; where.columns != 0 && total > where.columns; --total) {
    auto cut = column_to_cut(columns_, widths);
    if (cut == columns_.size())
      break;
    --widths[cut];
  }
  return widths;
}

auto text_table::to_text(const terminal& where) const -> std::string {
  auto all_widths = widths(where);
  auto line = styled("│", text_style::dim, where);
  auto row_text = [&](auto&& cell_of, text_style style) {
    std::string text;
    for (std::size_t at = 0; at < columns_.size(); ++at)
      text += line + " " + cell_text(cell_of(at), all_widths[at], columns_[at].align, style, where) + " ";
    return text + line + "\n";
  };
  auto text = rule_text(all_widths, top_rule, where);
  if (has_header())
    text += row_text([&](std::size_t at) { return columns_[at].title; }, text_style::bold) +
            rule_text(all_widths, middle_rule, where);
  for (const auto& each : rows_)
    text += each.cells.empty() ? rule_text(all_widths, middle_rule, where)
                               : row_text([&](std::size_t at) { return each.cells[at]; }, text_style::plain);
  return text + rule_text(all_widths, bottom_rule, where);
}

} // namespace tusker::cli
