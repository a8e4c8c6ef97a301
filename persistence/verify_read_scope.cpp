#include <tusker/persistence/verify_read_scope.hpp>

#include <algorithm>

namespace tusker {

auto verify_read_scope::open(const lmdb_transaction& transaction, const std::vector<checked_table>& tables,
                             verify_notes& notes) -> result<verify_read_scope> {
  verify_read_scope scope(transaction, notes);
  for (const auto& entry : lmdb_read_table_names) {
    auto found = std::find_if(tables.begin(), tables.end(),
                              [&](const auto& table) { return table.name == entry.name; });
    if (found == tables.end())
      notes.fault(entry.name, "", "the table is missing");
    if (found == tables.end() || !found->is_sound)
      continue;
    auto& opened = scope.tables_.*entry.table;
    if (auto code = mdb_dbi_open(transaction.get(), entry.name, 0, &opened); code != MDB_SUCCESS)
      return fail(lmdb_error(code, "the table '" + std::string(entry.name) + "' cannot be opened"));
    scope.sound_.emplace(entry.name, opened);
  }
  return scope;
}

auto verify_read_scope::walk(std::string_view name,
                             const std::function<void(std::string_view, std::string_view)>& check) const
    -> result<void> {
  auto table = sound_.find(name);
  if (table == sound_.end())
    return {};
  auto cursor = lmdb_cursor::open(transaction_, table->second);
  if (!cursor)
    return fail(cursor.error());
  notes_.enter(name, "entry");
  std::uint64_t number = 0;
  auto found = cursor->move(MDB_FIRST);
  for (; found && *found; found = cursor->move(MDB_NEXT)) {
    notes_.step(++number);
    check(cursor->key(), cursor->value());
  }
  return found ? result<void>() : fail(found.error());
}

} // namespace tusker
