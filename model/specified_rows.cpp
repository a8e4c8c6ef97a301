#include <tusker/model/specified_rows.hpp>

#include <utility>

namespace tusker {

auto specified_rows::get_bytes(std::string_view table, std::string_view key) const
    -> result<std::optional<std::string>> {
  auto rows = tables_.find(table);
  if (rows == tables_.end())
    return std::nullopt;
  auto row = rows->second.find(key);
  return row == rows->second.end() ? std::nullopt : std::optional(row->second.value);
}

auto specified_rows::put_bytes(std::string_view table, std::string key, std::string value,
                               std::vector<index_entry> indexes) -> result<void> {
  tables_[std::string(table)].insert_or_assign(std::move(key),
                                               specified_row{std::move(value), std::move(indexes)});
  return {};
}

auto specified_rows::erase_bytes(std::string_view table, std::string_view key) -> result<void> {
  tables_[std::string(table)].erase(std::string(key));
  return {};
}

auto specified_rows::clear_table(std::string_view table) -> result<void> {
  tables_[std::string(table)].clear();
  return {};
}

auto specified_rows::rows(std::string_view table) const -> std::vector<encoded_message> {
  std::vector<encoded_message> all;
  auto rows = tables_.find(table);
  if (rows == tables_.end())
    return all;
  all.reserve(rows->second.size());
  for (const auto& [key, row] : rows->second)
    all.push_back({std::string(table), schema_version(1), row.value});
  return all;
}

} // namespace tusker
