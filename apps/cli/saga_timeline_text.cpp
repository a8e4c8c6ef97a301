#include <tusker/cli/saga_timeline_text.hpp>

#include <tusker/cli/number_text.hpp>
#include <tusker/cli/saga_text.hpp>
#include <tusker/cli/text_width.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <string_view>
#include <utility>

namespace tusker::cli {

namespace {

constexpr std::size_t arrows_max = 8;

/// What the lines are drawn with.
struct pen {
  std::string_view head, tail, along, across, point, range, cut;
};
constexpr pen fine{"╭", "╰", "│", "─", "▶", "–", "…"};
constexpr pen plain{"+", "+", "|", "-", ">", "-", "..."};

auto pen_for(const terminal& where) -> const pen& {
  return where.has_unicode ? fine : plain;
}

/// `+1,234.500`: seconds since the start, to the millisecond.
auto since_text(timestamp at, timestamp start) -> std::string {
  auto ms = std::chrono::round<std::chrono::milliseconds>(at - start).count();
  auto size = static_cast<std::uint64_t>(ms < 0 ? -ms : ms);
  auto rest = std::to_string(size % 1'000);
  return (ms < 0 ? "-" : "+") + grouped(size / 1'000) + "." + std::string(3 - rest.size(), '0') + rest;
}

/// Whether it tells of items of a step, and not of the step.
auto is_of_item(saga_act act) -> bool {
  switch (act) {
  case saga_act::called:
  case saga_act::accepted:
  case saga_act::succeeded:
  case saga_act::failed:
  case saga_act::retry_set:
  case saga_act::given_up:
  case saga_act::undo_called:
  case saga_act::undone:
  case saga_act::undo_retry_set:
  case saga_act::undo_failed:
    return true;
  default:
    return false;
  }
}

auto place_text(const timeline_row& row, const pen& with) -> std::string {
  if (row.act == saga_act::entered || row.act == saga_act::undo_entered)
    return printable(row.step);
  if (!is_of_item(row.act))
    return {};
  if (!row.has_item)
    return printable(row.step);
  auto place = printable(row.step) + "/" + grouped(row.first);
  return row.first == row.last ? place : place + std::string(with.range) + grouped(row.last);
}

auto what_text(const timeline_row& row) -> std::string_view {
  switch (row.act) {
  case saga_act::retry_set:
  case saga_act::undo_retry_set:
    return "to be tried again";
  case saga_act::given_up:
    return "given up";
  case saga_act::undo_entered:
    return row.undoes ? "undone from here on" : "nothing to undo";
  case saga_act::undo_called:
    return "undo called";
  case saga_act::undo_failed:
    return "undo failed";
  default:
    return name_of(row.act);
  }
}

auto what_style(const timeline_row& row) -> text_style {
  switch (row.act) {
  case saga_act::failed:
  case saga_act::given_up:
  case saga_act::undo_failed:
  case saga_act::stuck:
    return text_style::bad;
  case saga_act::succeeded:
  case saga_act::completed:
    return text_style::good;
  case saga_act::compensating:
  case saga_act::compensated:
  case saga_act::undone:
  case saga_act::resumed:
    return text_style::bold;
  case saga_act::ignored:
    return text_style::dim;
  default:
    return text_style::plain;
  }
}

/// Why, in the words of its kind.
auto reason_text(const timeline_row& row) -> std::string {
  auto why = printable(row.detail);
  switch (row.act) {
  case saga_act::started:
    return "by " + why + (row.count == 0 ? "" : ", version " + std::to_string(row.count));
  case saga_act::entered:
    return row.count == 1 ? std::string() : grouped(row.count) + " items";
  case saga_act::compensating:
    if (row.is_wish)
      return "an operator wants it: " + why;
    return "because of " + (row.step.empty() ? "" : printable(row.step) + ": ") + why;
  case saga_act::stuck:
    return "at " + printable(row.step) + ": " + why;
  case saga_act::resumed:
    return "an operator has it tried again";
  default:
    return why;
  }
}

auto rest_text(const timeline_row& row, timestamp start) -> std::string {
  std::string text;
  auto add = [&](const std::string& part) {
    if (!part.empty())
      text += (text.empty() ? "  " : ", ") + part;
  };
  if (row.attempt > 1)
    add("attempt " + std::to_string(row.attempt));
  add(reason_text(row));
  if (row.due)
    add((is_of_item(row.act) && row.act == saga_act::called ? "deadline " : "at ") +
        since_text(*row.due, start));
  if (row.until != row.at)
    add("until " + since_text(row.until, start));
  if ((row.act == saga_act::ignored || !row.has_item) && row.moves > 1)
    add(grouped(row.moves) + " times");
  return text;
}

/// The lines of the arrows beside a row, `row` being the number of the one before which it stands if it is none itself.
class gutter {
public:
  gutter(std::vector<return_arrow> arrows, const pen& with) : arrows_(std::move(arrows)), with_(with) {}

  [[nodiscard]] auto beside(std::size_t row) const -> std::string {
    std::string text;
    auto is_across = false;
    auto is_head = false;
    for (const auto& each : arrows_) {
      is_head = is_head || row == each.step;
      if (row == each.step || row == each.undo) {
        text += row == each.step ? with_.head : with_.tail;
        is_across = true;
      } else if (is_across) {
        text += with_.across;
      } else {
        text += row > each.step && row < each.undo ? with_.along : " ";
      }
    }
    return arrows_.empty() ? text : text + end(is_across, is_head);
  }

  [[nodiscard]] auto between(std::size_t row) const -> std::string {
    std::string text;
    for (const auto& each : arrows_)
      text += row > each.step && row <= each.undo ? with_.along : " ";
    return arrows_.empty() ? text : text + end(false, false);
  }

private:
  [[nodiscard]] auto end(bool is_across, bool is_head) const -> std::string {
    if (!is_across)
      return "   ";
    return std::string(with_.across) + std::string(is_head ? with_.point : with_.across) + " ";
  }

  std::vector<return_arrow> arrows_;
  const pen& with_;
};

/// The widths of the columns.
struct widths {
  std::size_t time = 0;
  std::size_t place = 0;
};

auto widths_of(const timeline& shown, const pen& with) -> widths {
  widths all;
  for (const auto& row : shown.rows) {
    all.time = std::max(all.time, since_text(row.at, shown.started).size());
    all.place = std::max(all.place, text_width(place_text(row, with)));
  }
  // Names may be long; what happened is to be seen all the same.
  constexpr std::size_t place_max = 32;
  all.place = std::min(all.place, place_max);
  return all;
}

auto cut(const std::string& text, const terminal& where) -> std::string {
  return where.columns == 0 ? text : cut_to_width(text, where.columns);
}

} // namespace

auto return_arrows(const timeline& of) -> std::vector<return_arrow> {
  std::map<std::string_view, std::size_t> entered;
  std::vector<return_arrow> arrows;
  for (std::size_t at = 0; at < of.rows.size(); ++at) {
    const auto& row = of.rows[at];
    if (row.act == saga_act::entered)
      entered.insert_or_assign(row.step, at);
    else if (auto step = entered.find(row.step); row.undoes && step != entered.end())
      arrows.push_back({step->second, at});
  }
  std::sort(arrows.begin(), arrows.end(),
            [](const return_arrow& one, const return_arrow& other) { return one.step < other.step; });
  arrows.resize(std::min(arrows.size(), arrows_max));
  return arrows;
}

auto timeline_text(const timeline& shown, const terminal& where) -> std::string {
  const auto& with = pen_for(where);
  auto columns = widths_of(shown, with);
  auto lines = gutter(return_arrows(shown), with);
  auto cut_line = [&] {
    auto left_out = std::string(with.cut) + " " + grouped(shown.moves_left_out) + " more (--all)";
    return cut(std::string(columns.time, ' ') + "  " + lines.between(shown.cut_at) + left_out, where) + "\n";
  };
  std::string text;
  for (std::size_t at = 0; at < shown.rows.size(); ++at) {
    if (at == shown.cut_at && shown.moves_left_out > 0)
      text += cut_line();
    const auto& row = shown.rows[at];
    auto before = indented(since_text(row.at, shown.started), columns.time) + "  " + lines.beside(at) +
                  padded(cut_to_width(place_text(row, with), columns.place), columns.place) + "  ";
    auto what = what_text(row);
    auto line = cut(before + std::string(what) + rest_text(row, shown.started), where);
    text += restyled(std::move(line), before.size(), what, what_style(row), where) + "\n";
  }
  return text;
}

} // namespace tusker::cli
