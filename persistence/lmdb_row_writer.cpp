#include <tusker/persistence/lmdb_row_writer.hpp>

#include <utility>

namespace tusker {

auto lmdb_row_writer::put(MDB_dbi table, std::string_view key, std::string_view value, unsigned flags)
    -> result<void> {
  auto& place = place_in(table);
  if (!place) {
    auto opened = lmdb_cursor::open(transaction_, table);
    if (!opened)
      return fail(opened.error());
    place.emplace(std::move(*opened));
  }
  return place->put(key, value, flags);
}

auto lmdb_row_writer::erase(MDB_dbi table, std::string_view key) -> result<void> {
  // The next row is looked for anew: its page may be another one now.
  place_in(table).reset();
  return lmdb_erase(transaction_, table, key);
}

auto lmdb_row_writer::place_in(MDB_dbi table) -> std::optional<lmdb_cursor>& {
  if (places_.size() <= table)
    places_.resize(table + 1);
  return places_[table];
}

} // namespace tusker
