#include <tusker/persistence/lmdb_read_sweep.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace tusker {

namespace {

/// Removes entries whose keys begin with `prefix`, at most so many. Keys are noted first: 0.9.24's cursors are not
/// sure of their place behind a removal.
auto remove_some(const lmdb_transaction& transaction, MDB_dbi table, const std::string& prefix,
                 std::size_t entries_max) -> result<std::size_t> {
  auto cursor = lmdb_cursor::open(transaction, table);
  if (!cursor)
    return fail(cursor.error());
  std::vector<std::string> keys;
  auto found = cursor->seek(prefix);
  for (; found && *found && cursor->key().starts_with(prefix) && keys.size() < entries_max;
       found = cursor->move(MDB_NEXT))
    keys.emplace_back(cursor->key());
  if (!found)
    return fail(found.error());
  for (const auto& key : keys)
    if (auto erased = lmdb_erase(transaction, table, key); !erased)
      return fail(erased.error());
  return keys.size();
}

auto first_gone(const lmdb_transaction& transaction, const lmdb_read_tables& tables) -> result<std::string> {
  auto cursor = lmdb_cursor::open(transaction, tables.gone);
  if (!cursor)
    return fail(cursor.error());
  auto found = cursor->move(MDB_FIRST);
  if (!found)
    return fail(found.error());
  return *found ? std::string(cursor->key()) : std::string();
}

} // namespace

auto sweep_gone_tables(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                       std::size_t entries_max) -> result<std::size_t> {
  auto left = std::max<std::size_t>(entries_max, 1);
  auto forgotten = std::size_t{0};
  while (left > 0) {
    auto gone = first_gone(transaction, tables);
    if (!gone)
      return fail(gone.error());
    if (gone->empty())
      break;
    for (auto table : {tables.indexes, tables.rows}) {
      auto removed = remove_some(transaction, table, *gone, left);
      if (!removed)
        return fail(removed.error());
      left -= *removed;
    }
    if (left == 0)
      break;
    if (auto erased = lmdb_erase(transaction, tables.gone, *gone); !erased)
      return fail(erased.error());
    ++forgotten;
  }
  auto removed = std::max<std::size_t>(entries_max, 1) - left;
  return removed == 0 && forgotten > 0 ? 1 : removed;
}

} // namespace tusker
