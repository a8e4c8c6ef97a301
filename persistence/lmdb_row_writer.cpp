#include <tusker/persistence/lmdb_row_writer.hpp>

#include <utility>

namespace tusker {

auto lmdb_row_writer::find(MDB_dbi table, std::string_view key) -> result<std::optional<std::string_view>> {
  auto cursor = cursor_at(table, place_in(table));
  if (!cursor)
    return fail(cursor.error());
  auto found = (*cursor)->find(key);
  if (!found)
    return fail(found.error());
  return *found ? std::optional((*cursor)->value()) : std::nullopt;
}

auto lmdb_row_writer::put(MDB_dbi table, std::string_view key, std::string_view value, unsigned flags)
    -> result<void> {
  auto& at = place_in(table);
  // A cursor that has appended takes its page for the last one. LMDB 0.9 does not always notice that another put has
  // moved it to a page in the middle, and would append there.
  auto appends = (flags & MDB_APPEND) != 0;
  if (std::exchange(at.has_appended, appends) && !appends)
    at.cursor.reset();
  auto cursor = cursor_at(table, at);
  return cursor ? (*cursor)->put(key, value, flags) : fail(cursor.error());
}

auto lmdb_row_writer::erase(MDB_dbi table, std::string_view key) -> result<void> {
  // The next row is looked for anew: its page may be another one now.
  place_in(table).cursor.reset();
  return lmdb_erase(transaction_, table, key);
}

auto lmdb_row_writer::place_in(MDB_dbi table) -> place& {
  if (places_.size() <= table)
    places_.resize(table + 1);
  return places_[table];
}

auto lmdb_row_writer::cursor_at(MDB_dbi table, place& at) -> result<lmdb_cursor*> {
  if (!at.cursor) {
    auto opened = lmdb_cursor::open(transaction_, table);
    if (!opened)
      return fail(opened.error());
    at.cursor.emplace(std::move(*opened));
  }
  return &*at.cursor;
}

} // namespace tusker
