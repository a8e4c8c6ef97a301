#include <tusker/persistence/lmdb_row_writer.hpp>

#include <utility>

namespace tusker {

auto lmdb_row_writer::find(MDB_dbi table, std::string_view key) -> result<std::optional<std::string_view>> {
  auto place = place_in(table);
  if (!place)
    return fail(place.error());
  auto found = (*place)->find(key);
  if (!found)
    return fail(found.error());
  return *found ? std::optional((*place)->value()) : std::nullopt;
}

auto lmdb_row_writer::put(MDB_dbi table, std::string_view key, std::string_view value, unsigned flags)
    -> result<void> {
  auto place = place_in(table);
  return place ? (*place)->put(key, value, flags) : fail(place.error());
}

auto lmdb_row_writer::erase(MDB_dbi table, std::string_view key) -> result<void> {
  // The next row is looked for anew: its page may be another one now.
  if (table < places_.size())
    places_[table].reset();
  return lmdb_erase(transaction_, table, key);
}

auto lmdb_row_writer::place_in(MDB_dbi table) -> result<lmdb_cursor*> {
  if (places_.size() <= table)
    places_.resize(table + 1);
  auto& place = places_[table];
  if (!place) {
    auto opened = lmdb_cursor::open(transaction_, table);
    if (!opened)
      return fail(opened.error());
    place.emplace(std::move(*opened));
  }
  return &*place;
}

} // namespace tusker
