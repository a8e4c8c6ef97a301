#include <tusker/persistence/verify_scope.hpp>

#include <algorithm>

namespace tusker {

namespace {

auto find_table(const std::vector<checked_table>& tables, std::string_view name) -> const checked_table* {
  auto found =
      std::find_if(tables.begin(), tables.end(), [&](const auto& table) { return table.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

} // namespace

auto verify_scope::open(const lmdb_transaction& transaction, const std::vector<checked_table>& tables,
                        verify_notes& notes) -> result<verify_scope> {
  verify_scope scope(transaction, notes);
  for (const auto& entry : lmdb_table_names) {
    const auto* found = find_table(tables, entry.name);
    if (found == nullptr && entry.age == table_age::added)
      continue;
    if (found == nullptr) {
      notes.fault(entry.name, "", "the table is missing");
      continue;
    }
    if (!found->is_sound)
      continue;
    if (auto code = mdb_dbi_open(transaction.get(), entry.name, 0, &(scope.tables_.*entry.table));
        code != MDB_SUCCESS)
      return fail(lmdb_error(code, "the table '" + std::string(entry.name) + "' cannot be opened"));
    scope.sound_.push_back(*found);
  }
  return scope;
}

auto verify_scope::has(std::initializer_list<std::string_view> names) const -> bool {
  return std::all_of(names.begin(), names.end(),
                     [&](auto name) { return find_table(sound_, name) != nullptr; });
}

auto verify_scope::entries(std::string_view name) const -> std::uint64_t {
  const auto* found = find_table(sound_, name);
  return found == nullptr ? 0 : found->entries;
}

auto verify_scope::walk(std::string_view name, std::string_view unit,
                        const std::function<void(std::string_view, std::string_view)>& check) const
    -> result<void> {
  if (!has({name}))
    return {};
  const auto* entry = std::find_if(lmdb_table_names.begin(), lmdb_table_names.end(),
                                   [&](const auto& known) { return known.name == name; });
  auto cursor = lmdb_cursor::open(transaction_, tables_.*entry->table);
  if (!cursor)
    return fail(cursor.error());
  notes_.enter(name, unit);
  std::uint64_t number = 0;
  auto found = cursor->move(MDB_FIRST);
  for (; found && *found; found = cursor->move(MDB_NEXT)) {
    notes_.step(++number);
    check(cursor->key(), cursor->value());
  }
  if (!found)
    return fail(found.error());
  return {};
}

auto key_text(std::string_view key) -> std::string {
  constexpr std::size_t shown_max = 48;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "key ";
  for (auto byte : key.substr(0, shown_max)) {
    text += digits[static_cast<unsigned char>(byte) >> 4U];
    text += digits[static_cast<unsigned char>(byte) & 15U];
  }
  return key.size() > shown_max ? text + "…" : text;
}

} // namespace tusker
