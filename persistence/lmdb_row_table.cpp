#include <tusker/persistence/lmdb_row_table.hpp>

#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_read_directory.hpp>
#include <tusker/persistence/lmdb_read_keys.hpp>
#include <tusker/persistence/read_commit_check.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace tusker {

auto lmdb_row_table::open(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                          model_number model, std::string_view name) -> result<lmdb_row_table> {
  auto stored = find_table(transaction, tables, model, name);
  if (!stored)
    return fail(stored.error());
  return lmdb_row_table(transaction, tables, model, name, std::move(*stored));
}

/// Makes the table at its first row.
auto lmdb_row_table::make() -> result<void> {
  if (stored_)
    return {};
  auto others = tables_of(*transaction_, *tables_, model_);
  if (!others)
    return fail(others.error());
  if (auto checked = check_table_count(name_, others->size() + 1); !checked)
    return checked;
  auto number = next_table(*transaction_, *tables_);
  if (!number)
    return fail(number.error());
  stored_ = stored_table{*number, 0, {}};
  // At once, so that the next table of the same commit is counted with this one.
  return save();
}

auto lmdb_row_table::earlier(std::string_view key) const -> result<earlier_row> {
  auto at = row_key(stored_->number, key);
  auto value = lmdb_get(*transaction_, tables_->rows, at);
  if (!value)
    return fail(value.error());
  if (!*value)
    return earlier_row{};
  auto body = unframe(at, **value);
  auto indexes = body ? decode_row_indexes(*body) : std::nullopt;
  if (!indexes)
    return fail(journal_errc::corrupt, "a row of table " + tusker::quoted(name_) + " is damaged");
  return earlier_row{true, std::move(*indexes)};
}

auto lmdb_row_table::number_of(const std::string& index) -> result<index_number> {
  auto& names = stored_->indexes;
  auto found = std::find(names.begin(), names.end(), index);
  auto number = index_number(static_cast<std::uint16_t>(found - names.begin()));
  if (found != names.end())
    return number;
  if (auto checked = check_index_count(name_, names.size() + 1); !checked)
    return fail(checked.error());
  names.push_back(index);
  return number;
}

/// In order, none twice, as a row holds them.
auto lmdb_row_table::numbered(const std::vector<index_entry>& entries)
    -> result<std::vector<stored_index_key>> {
  std::vector<stored_index_key> keys;
  keys.reserve(entries.size());
  for (const auto& entry : entries) {
    auto number = number_of(entry.index);
    if (!number)
      return fail(number.error());
    keys.push_back({*number, entry.key});
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

/// Those that stay are not touched: each is a page to copy.
auto lmdb_row_table::move_entries(std::string_view key, const std::vector<stored_index_key>& from,
                                  const std::vector<stored_index_key>& to) -> result<void> {
  std::vector<stored_index_key> old;
  std::vector<stored_index_key> added;
  std::set_difference(from.begin(), from.end(), to.begin(), to.end(), std::back_inserter(old));
  std::set_difference(to.begin(), to.end(), from.begin(), from.end(), std::back_inserter(added));
  for (const auto& entry : old) {
    auto at = index_entry_key(stored_->number, entry, key);
    if (auto erased = lmdb_erase(*transaction_, tables_->indexes, at); !erased)
      return erased;
  }
  for (const auto& entry : added) {
    auto at = index_entry_key(stored_->number, entry, key);
    if (auto put = lmdb_put(*transaction_, tables_->indexes, at, frame(at, {})); !put)
      return put;
  }
  return {};
}

auto lmdb_row_table::put(const put_row& row) -> result<void> {
  if (auto made = make(); !made)
    return made;
  auto indexes = numbered(row.indexes);
  if (!indexes)
    return fail(indexes.error());
  auto old = earlier(row.key);
  if (!old)
    return fail(old.error());
  if (auto moved = move_entries(row.key, old->indexes, *indexes); !moved)
    return moved;
  stored_->rows += old->is_there ? 0 : 1;
  auto at = row_key(stored_->number, row.key);
  return lmdb_put(*transaction_, tables_->rows, at, frame(at, encode_row(*indexes, row.value)));
}

auto lmdb_row_table::erase(std::string_view key) -> result<void> {
  if (!stored_)
    return {};
  auto old = earlier(key);
  if (!old)
    return fail(old.error());
  if (!old->is_there)
    return {};
  if (auto moved = move_entries(key, old->indexes, {}); !moved)
    return moved;
  if (stored_->rows == 0)
    return fail(journal_errc::corrupt, "table " + tusker::quoted(name_) + " has more rows than it says");
  --stored_->rows;
  return lmdb_erase(*transaction_, tables_->rows, row_key(stored_->number, key));
}

auto lmdb_row_table::clear() -> result<void> {
  if (!stored_)
    return {};
  if (auto put = put_gone(*transaction_, *tables_, stored_->number); !put)
    return put;
  // The table goes on under another number; what stands under this one is swept later.
  auto number = next_table(*transaction_, *tables_);
  if (!number)
    return fail(number.error());
  stored_ = stored_table{*number, 0, {}};
  return {};
}

auto lmdb_row_table::save() const -> result<void> {
  return stored_ ? put_table(*transaction_, *tables_, model_, name_, *stored_) : result<void>();
}

} // namespace tusker
