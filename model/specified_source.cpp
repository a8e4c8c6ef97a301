#include <tusker/model/specified_source.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <tuple>

namespace tusker {

auto specified_source::offset_of(log_id log) const -> log_offset {
  return log == log_id() ? offset_ : before_all_events;
}

auto specified_source::get(std::string_view table, std::string_view key) const
    -> result<std::optional<std::string>> {
  auto rows = tables_.find(table);
  if (rows == tables_.end())
    return std::nullopt;
  auto row = rows->second.find(key);
  return row == rows->second.end() ? std::nullopt : std::optional(row->second.value);
}

/// In the order of a scan forward.
auto specified_source::rows_in(const std::string& table, const std::string& index,
                               const key_range& range) const -> std::vector<read_row> {
  std::vector<read_row> found;
  auto rows = tables_.find(table);
  if (rows == tables_.end())
    return found;
  for (const auto& [key, row] : rows->second) {
    if (index.empty() && range.contains(key))
      found.push_back({key, row.value});
    for (const auto& entry : row.indexes)
      if (entry.index == index && range.contains(entry.key))
        found.push_back({key, row.value, entry.key});
  }
  std::sort(found.begin(), found.end(), [](const read_row& left, const read_row& right) {
    return std::tie(left.index_key, left.key) < std::tie(right.index_key, right.key);
  });
  return found;
}

auto specified_source::scan(const scan_request& request) const -> result<scan_slice> {
  auto rows = rows_in(request.table, request.index, request.range);
  if (request.direction == read_direction::backward)
    std::reverse(rows.begin(), rows.end());
  std::size_t first = 0;
  // `read_rows` gives what it got, and nothing else.
  std::from_chars(request.after.data(), request.after.data() + request.after.size(), first);
  scan_slice slice;
  std::size_t bytes = 0;
  for (auto at = std::min(first, rows.size()); at < rows.size(); ++at) {
    if (is_full(slice.rows.size(), bytes, size_of(rows[at]), request.limit)) {
      slice.next = std::to_string(at);
      break;
    }
    bytes += size_of(rows[at]);
    slice.rows.push_back(rows[at]);
  }
  return slice;
}

auto specified_source::count(const count_request& request) const -> result<row_count> {
  auto rows = rows_in(request.table, request.index, request.range).size();
  auto is_whole = request.index.empty() && request.range.is_everything();
  return is_whole || rows <= request.rows_max ? row_count{rows, count_kind::exact}
                                              : row_count{request.rows_max, count_kind::at_least};
}

} // namespace tusker
