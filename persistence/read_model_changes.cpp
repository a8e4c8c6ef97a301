#include <tusker/persistence/read_model_changes.hpp>

#include <utility>

namespace tusker {

auto read_model_changes::get(std::string_view table, std::string_view key) const
    -> result<std::optional<std::string>> {
  auto changes = tables_.find(table);
  if (changes == tables_.end())
    return store_->get(model_, table, key);
  auto row = changes->second.rows.find(key);
  if (row != changes->second.rows.end()) {
    const auto* put = std::get_if<put_row>(&row->second);
    return put == nullptr ? std::nullopt : std::optional(put->value);
  }
  return changes->second.is_cleared ? std::nullopt : store_->get(model_, table, key);
}

auto read_model_changes::check_index(std::string_view table, std::string_view index) -> result<void> {
  auto& checked = checked_[std::string(table)];
  if (checked.contains(index))
    return {};
  auto changes = tables_.find(table);
  if (changes != tables_.end() && changes->second.is_cleared)
    return {};
  // Counts none: whether the index is known is all that matters.
  auto counted = store_->count(model_, {std::string(table), std::string(index), {}, 0});
  if (!counted)
    return fail(counted.error());
  checked.emplace(index);
  return {};
}

void read_model_changes::forget(const read_write& change) {
  entries_ -= entries_in(change);
  bytes_ -= size_of(change);
}

void read_model_changes::note(std::string_view in, table_changes& table, std::string_view key,
                              read_write change) {
  entries_ += entries_in(change);
  bytes_ += size_of(change);
  auto found = table.rows.find(key);
  if (found == table.rows.end()) {
    table.rows.emplace(key, std::move(change));
    since_mark_.emplace_back(earlier_row{std::string(in), std::string(key), std::nullopt});
    return;
  }
  forget(found->second);
  since_mark_.emplace_back(
      earlier_row{std::string(in), std::string(key), std::exchange(found->second, std::move(change))});
}

void read_model_changes::put(put_row row) {
  auto name = row.table;
  auto key = row.key;
  note(name, tables_[name], key, std::move(row));
}

void read_model_changes::erase(std::string_view table, std::string_view key) {
  auto& changes = tables_[std::string(table)];
  if (!changes.is_cleared)
    return note(table, changes, key, erase_row{std::string(table), std::string(key)});
  // What was put since the table was cleared was never committed.
  if (auto found = changes.rows.find(key); found != changes.rows.end()) {
    forget(found->second);
    since_mark_.emplace_back(earlier_row{std::string(table), std::string(key), std::move(found->second)});
    changes.rows.erase(found);
  }
}

void read_model_changes::clear(std::string_view table) {
  auto& changes = tables_[std::string(table)];
  for (const auto& [key, change] : changes.rows)
    forget(change);
  entries_ += changes.is_cleared ? 0 : 1;
  since_mark_.emplace_back(
      earlier_table{std::string(table), std::exchange(changes, table_changes{true, {}})});
}

void read_model_changes::mark() {
  since_mark_.clear();
}

void read_model_changes::undo() {
  for (; !since_mark_.empty(); since_mark_.pop_back())
    std::visit([this](auto& before) { restore(std::move(before)); }, since_mark_.back());
}

void read_model_changes::restore(earlier_row before) {
  auto& rows = tables_[before.table].rows;
  if (auto found = rows.find(before.key); found != rows.end()) {
    forget(found->second);
    rows.erase(found);
  }
  if (!before.change)
    return;
  entries_ += entries_in(*before.change);
  bytes_ += size_of(*before.change);
  rows.emplace(std::move(before.key), std::move(*before.change));
}

void read_model_changes::restore(earlier_table before) {
  auto& changes = tables_[before.table];
  entries_ -= before.changes.is_cleared ? 0 : 1;
  for (const auto& [key, change] : before.changes.rows) {
    entries_ += entries_in(change);
    bytes_ += size_of(change);
  }
  // All that was put since was taken back before, so nothing of it is counted any more.
  changes = std::move(before.changes);
}

auto read_model_changes::take() -> std::vector<read_write> {
  std::vector<read_write> all;
  for (auto& [name, table] : tables_) {
    if (table.is_cleared)
      all.emplace_back(clear_table{name});
    for (auto& [key, change] : table.rows)
      all.push_back(std::move(change));
  }
  tables_.clear();
  since_mark_.clear();
  entries_ = 0;
  bytes_ = 0;
  return all;
}

} // namespace tusker
