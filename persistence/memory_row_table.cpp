#include <tusker/persistence/memory_row_table.hpp>

#include <tusker/persistence/read_commit_check.hpp>

#include <algorithm>

namespace tusker {

void memory_row_table::put(const put_row& row) {
  erase(row.key);
  for (const auto& entry : row.indexes) {
    indexes_[entry.index].insert({entry.key, row.key});
    index_names_.insert(entry.index);
  }
  rows_.insert_or_assign(row.key, held_row{row.value, row.indexes});
}

void memory_row_table::erase(std::string_view key) {
  auto found = rows_.find(key);
  if (found == rows_.end())
    return;
  for (const auto& entry : found->second.indexes)
    indexes_[entry.index].erase({entry.key, found->first});
  rows_.erase(found);
}

auto memory_row_table::get(std::string_view key) const -> std::optional<std::string> {
  auto found = rows_.find(key);
  return found == rows_.end() ? std::nullopt : std::optional(found->second.value);
}

auto memory_row_table::check_index(const std::string& table, const std::string& index) const -> result<void> {
  if (index.empty() || rows_.empty() || index_names_.contains(index))
    return {};
  auto known = std::vector(index_names_.begin(), index_names_.end());
  return fail(index_without_rows(table, index, known));
}

/// All that a scan without end would meet, forward.
auto memory_row_table::places(const std::string& index, const key_range& range) const
    -> std::vector<scan_place> {
  std::vector<scan_place> found;
  if (index.empty()) {
    for (auto at = rows_.lower_bound(range.low); at != rows_.end() && range.contains(at->first); ++at)
      found.push_back({{}, at->first});
    return found;
  }
  auto entries = indexes_.find(index);
  if (entries == indexes_.end())
    return found;
  const auto& all = entries->second;
  for (auto at = all.lower_bound({range.low, {}}); at != all.end() && range.contains(at->index_key); ++at)
    found.push_back(*at);
  return found;
}

auto memory_row_table::scan(const scan_request& request) const -> result<scan_slice> {
  std::optional<scan_place> after;
  if (!request.after.empty()) {
    auto place = decode_token(request);
    if (!place)
      return fail(place.error());
    after = std::move(*place);
  }
  if (auto checked = check_index(request.table, request.index); !checked)
    return fail(checked.error());
  auto is_backward = request.direction == read_direction::backward;
  auto found = places(request.index, request.range);
  if (is_backward)
    std::reverse(found.begin(), found.end());
  auto at = found.begin();
  if (after)
    at = std::find_if(found.begin(), found.end(),
                      [&](const scan_place& place) { return is_backward ? place < *after : place > *after; });
  scan_slice slice;
  std::size_t bytes = 0;
  for (; at != found.end(); ++at) {
    auto row = read_row{at->key, rows_.find(at->key)->second.value, at->index_key};
    if (is_full(slice.rows.size(), bytes, size_of(row), request.limit)) {
      slice.next = encode_token(request, {slice.rows.back().index_key, slice.rows.back().key});
      break;
    }
    bytes += size_of(row);
    slice.rows.push_back(std::move(row));
  }
  return slice;
}

auto memory_row_table::count(const count_request& request) const -> result<row_count> {
  if (request.index.empty() && request.range.is_everything())
    return row_count{rows_.size(), count_kind::exact};
  if (auto checked = check_index(request.table, request.index); !checked)
    return fail(checked.error());
  auto rows = places(request.index, request.range).size();
  return rows <= request.rows_max ? row_count{rows, count_kind::exact}
                                  : row_count{request.rows_max, count_kind::at_least};
}

} // namespace tusker
