#include <tusker/persistence/lmdb_row_walk.hpp>

#include <tusker/model/key_range.hpp>
#include <tusker/model/ordered_key.hpp>
#include <tusker/persistence/lmdb_read_keys.hpp>
#include <tusker/persistence/read_commit_check.hpp>
#include <tusker/persistence/read_write.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

/// LMDB compares no more than its longest key. A bound that is cut still parts the same keys: none is as long.
auto as_bound(std::string key) -> std::string {
  constexpr std::size_t lmdb_key_bytes_max = 511;
  if (key.size() > lmdb_key_bytes_max)
    key.resize(lmdb_key_bytes_max);
  return key;
}

/// Behind the prefix: a key as rows or index entries have it.
auto part(const scan_request& request, const std::string& key) -> std::string {
  return request.index.empty() ? key : std::move(ordered_key().text(key)).take();
}

} // namespace

auto lmdb_row_walk::begin(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                          const stored_table& table, const scan_request& request,
                          const std::optional<scan_place>& after) -> result<lmdb_row_walk> {
  auto is_by_key = request.index.empty();
  auto index = std::find(table.indexes.begin(), table.indexes.end(), request.index);
  auto is_known = is_by_key || index != table.indexes.end();
  if (!is_known && table.rows > 0)
    return fail(index_without_rows(request.table, request.index, table.indexes));
  auto cursor = lmdb_cursor::open(transaction, is_by_key ? tables.rows : tables.indexes);
  if (!cursor)
    return fail(cursor.error());
  auto walk = lmdb_row_walk(std::move(*cursor), request.direction);
  if (!is_known)
    return walk;
  auto number = index_number(static_cast<std::uint16_t>(index - table.indexes.begin()));
  auto prefix = is_by_key ? table_prefix(table.number) : index_prefix(table.number, number);
  walk.low_ = as_bound(prefix + part(request, request.range.low));
  // Numbers are never at their end, so there is something behind each prefix.
  walk.high_ =
      request.range.high ? as_bound(prefix + part(request, *request.range.high)) : *after_prefix(prefix);
  auto is_forward = request.direction == read_direction::forward;
  if (after) {
    auto place = prefix + (is_by_key ? "" : part(request, after->index_key)) + after->key;
    if (is_forward)
      walk.low_ = std::max(walk.low_, as_bound(place.append(1, '\0')));
    else
      walk.high_ = std::min(walk.high_, as_bound(place));
  }
  auto found = is_forward ? walk.cursor_.seek(walk.low_) : walk.cursor_.seek_before(walk.high_);
  if (auto settled = walk.settle(std::move(found)); !settled)
    return fail(settled.error());
  return walk;
}

auto lmdb_row_walk::settle(result<bool> found) -> result<void> {
  if (!found)
    return fail(found.error());
  is_at_entry_ = *found && cursor_.key() >= low_ && cursor_.key() < high_;
  return {};
}

auto lmdb_row_walk::next() -> result<void> {
  return settle(cursor_.move(direction_ == read_direction::forward ? MDB_NEXT : MDB_PREV));
}

} // namespace tusker
