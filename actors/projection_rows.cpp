#include <tusker/actors/projection_rows.hpp>

#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/read_commit_check.hpp>
#include <tusker/persistence/read_store_errc.hpp>

#include <utility>

namespace tusker {

namespace {

auto is_reserved(std::string_view table) -> bool {
  return table.substr(0, reserved_table_prefix.size()) == reserved_table_prefix;
}

} // namespace

auto projection_rows::get_bytes(std::string_view table, std::string_view key) const
    -> result<std::optional<std::string>> {
  auto found = changes_.get(table, key);
  if (!found && !store_failure_)
    store_failure_ = found.error();
  return found;
}

/// Each check is of one write as if it were the whole commit.
auto projection_rows::check_write(const read_write& write) const -> result<void> {
  if (is_reserved(table_of(write)))
    return fail(read_store_errc::invalid, "the name of table " + tusker::quoted(table_of(write)) +
                                              " is reserved: it begins with " +
                                              std::string(reserved_table_prefix));
  return check_read_write(write, limits_);
}

/// The event is not at fault: no row could be put, whatever it is about.
auto projection_rows::check_indexes(const put_row& row) -> result<void> {
  for (const auto& entry : row.indexes) {
    auto checked = changes_.check_index(row.table, entry.index);
    if (checked)
      continue;
    if (!store_failure_)
      store_failure_ = checked.error();
    return checked;
  }
  return {};
}

auto projection_rows::put_bytes(std::string_view table, std::string key, std::string value,
                                std::vector<index_entry> indexes) -> result<void> {
  read_write row = put_row{std::string(table), std::move(key), std::move(value), std::move(indexes)};
  if (auto checked = check_write(row); !checked)
    return checked;
  if (auto checked = check_indexes(std::get<put_row>(row)); !checked)
    return checked;
  changes_.put(std::move(std::get<put_row>(row)));
  return {};
}

auto projection_rows::erase_bytes(std::string_view table, std::string_view key) -> result<void> {
  if (auto checked = check_write(erase_row{std::string(table), std::string(key)}); !checked)
    return checked;
  changes_.erase(table, key);
  return {};
}

auto projection_rows::clear_table(std::string_view table) -> result<void> {
  if (auto checked = check_write(tusker::clear_table{std::string(table)}); !checked)
    return checked;
  changes_.clear(table);
  return {};
}

void projection_rows::put_dead_letter(projection_dead_letter letter) {
  auto value = tusker::encode(letter);
  if (!value) {
    // What a handler says need not be text.
    letter.failure = tusker::quoted(letter.failure);
    value = tusker::encode(letter);
  }
  changes_.put({std::string(dead_letter_table.name), dead_letter_table.key_of(letter), value.value_or("{}"),
                dead_letter_table.entries_of(letter)});
}

auto projection_rows::fits() const -> bool {
  return changes_.entries() <= limits_.commit_entries_max && changes_.bytes() <= limits_.commit_bytes_max;
}

} // namespace tusker
