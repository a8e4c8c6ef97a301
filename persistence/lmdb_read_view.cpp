#include <tusker/persistence/lmdb_read_view.hpp>

#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/lmdb_read_admission.hpp>
#include <tusker/persistence/lmdb_read_directory.hpp>
#include <tusker/persistence/lmdb_read_keys.hpp>
#include <tusker/persistence/lmdb_row_walk.hpp>
#include <tusker/persistence/read_write.hpp>
#include <tusker/persistence/scan_token.hpp>

#include <utility>

namespace tusker {

auto lmdb_read_view::damaged(std::string_view table) const -> error {
  return damaged_read_store(store_.directory, "a row of table " + tusker::quoted(table));
}

auto lmdb_read_view::find(std::string_view table) const -> result<std::optional<stored_table>> {
  auto stored = find_table(read_.transaction, store_.tables, entry_.number, table);
  if (!stored)
    return fail(with_advice(store_.directory, stored.error()));
  return stored;
}

auto lmdb_read_view::value_of(std::string_view table, std::string_view at, std::string_view value) const
    -> result<std::string> {
  auto body = unframe(at, value);
  auto content = body ? decode_row_value(*body) : std::nullopt;
  if (!content)
    return fail(damaged(table));
  return std::string(*content);
}

auto lmdb_read_view::get(std::string_view table, std::string_view key) const
    -> result<std::optional<std::string>> {
  auto stored = find(table);
  if (!stored)
    return fail(stored.error());
  // No row has a longer key, and LMDB refuses to look for one.
  if (!*stored || key.size() > key_bytes_max)
    return std::nullopt;
  auto at = row_key((*stored)->number, key);
  auto value = lmdb_get(read_.transaction, store_.tables.rows, at);
  if (!value)
    return fail(value.error());
  if (!*value)
    return std::nullopt;
  auto content = value_of(table, at, **value);
  if (!content)
    return fail(content.error());
  return std::move(*content);
}

/// The row under the cursor, or that of the index entry there.
auto lmdb_read_view::row_at(std::string_view table, const stored_table& stored, const lmdb_cursor& cursor,
                            std::string_view index) const -> result<read_row> {
  read_row row;
  auto at = std::string(cursor.key());
  auto value = std::optional(cursor.value());
  if (index.empty()) {
    row.key = at.substr(table_prefix(stored.number).size());
  } else {
    auto place = unframe(at, *value) ? place_of_index_entry(at) : std::nullopt;
    if (!place)
      return fail(damaged(table));
    row.key = std::move(place->key);
    row.index_key = std::move(place->index_key);
    at = row_key(stored.number, row.key);
    auto found = lmdb_get(read_.transaction, store_.tables.rows, at);
    if (!found)
      return fail(found.error());
    // An index entry never outlives its row.
    if (!*found)
      return fail(damaged(table));
    value = *found;
  }
  auto content = value_of(table, at, *value);
  if (!content)
    return fail(content.error());
  row.value = std::move(*content);
  return row;
}

auto lmdb_read_view::scan(const scan_request& request) const -> result<scan_slice> {
  std::optional<scan_place> after;
  if (!request.after.empty()) {
    auto place = decode_token(request);
    if (!place)
      return fail(place.error());
    after = std::move(*place);
  }
  auto table = find(request.table);
  if (!table)
    return fail(table.error());
  if (!*table)
    return scan_slice{};
  auto walk = lmdb_row_walk::begin(read_.transaction, store_.tables, **table, request, after);
  if (!walk)
    return fail(walk.error());
  scan_slice slice;
  std::size_t bytes = 0;
  while (walk->is_at_entry()) {
    auto row = row_at(request.table, **table, walk->cursor(), request.index);
    if (!row)
      return fail(row.error());
    if (is_full(slice.rows.size(), bytes, size_of(*row), request.limit)) {
      slice.next = encode_token(request, {slice.rows.back().index_key, slice.rows.back().key});
      return slice;
    }
    bytes += size_of(*row);
    slice.rows.push_back(std::move(*row));
    if (auto moved = walk->next(); !moved)
      return fail(moved.error());
  }
  return slice;
}

auto lmdb_read_view::count(const count_request& request) const -> result<row_count> {
  auto table = find(request.table);
  if (!table)
    return fail(table.error());
  if (!*table)
    return row_count{};
  if (request.index.empty() && request.range.is_everything())
    return row_count{(*table)->rows, count_kind::exact};
  const auto scan = scan_request{request.table, request.index, request.range};
  auto walk = lmdb_row_walk::begin(read_.transaction, store_.tables, **table, scan, std::nullopt);
  if (!walk)
    return fail(walk.error());
  row_count found;
  for (; walk->is_at_entry(); ++found.rows) {
    if (found.rows == request.rows_max)
      return row_count{found.rows, count_kind::at_least};
    if (auto moved = walk->next(); !moved)
      return fail(moved.error());
  }
  return found;
}

auto lmdb_read_view::tables() const -> result<std::vector<table_summary>> {
  auto all = tables_of(read_.transaction, store_.tables, entry_.number);
  if (!all)
    return fail(with_advice(store_.directory, all.error()));
  std::vector<table_summary> found;
  for (auto& [name, table] : *all)
    if (table.rows > 0)
      found.push_back({std::move(name), table.rows});
  return found;
}

} // namespace tusker
