#include <tusker/persistence/journal_rows.hpp>

#include <utility>

namespace tusker {

journal_rows::journal_rows(const lmdb_transaction& transaction, tail_view tail, const table_places& places)
    : base_(transaction.get()), tail_(std::move(tail)), places_(&places) {
  tail_.leave_out_applied(mdb_txn_id(base_));
}

journal_rows::journal_rows(const lmdb_transaction& transaction, tail_view tail, const table_places& places,
                           row_draft& draft)
    : base_(transaction.get()), tail_(std::move(tail)), places_(&places), draft_(&draft) {
  tail_.leave_out_applied(mdb_txn_id(base_));
}

auto journal_rows::find(MDB_dbi table, std::string_view key) const
    -> result<std::optional<std::string_view>> {
  for (const auto& seen : tail_.parts) {
    if (!seen.part->rows.may_have(places_->of[table], key))
      continue;
    tail_rows::cursor row(seen.part->rows, places_->of[table], seen.sequence_max, seen.after);
    if (!row.seek(key) || row.key() != key)
      continue;
    return row.kind() == row_change_kind::erase ? std::nullopt : std::optional(row.value());
  }
  return writer_ != nullptr ? writer_->find(table, key) : lmdb_get(base_, table, key);
}

auto journal_rows::put(MDB_dbi table, std::string_view key, std::string_view value) const -> result<void> {
  if (draft_ == nullptr)
    return write(table, key, value, 0);
  draft(table, row_change_kind::put, key, value);
  return {};
}

auto journal_rows::put_new(MDB_dbi table, std::string_view key, std::string_view value) const
    -> result<void> {
  if (draft_ == nullptr)
    return write(table, key, value, MDB_NOOVERWRITE);
  draft(table, row_change_kind::put_new, key, value);
  return {};
}

auto journal_rows::append(MDB_dbi table, std::string_view key, std::string_view value) const -> result<void> {
  if (draft_ == nullptr)
    return write(table, key, value, MDB_APPEND);
  draft(table, row_change_kind::put_new, key, value);
  return {};
}

auto journal_rows::erase(MDB_dbi table, std::string_view key) const -> result<void> {
  if (draft_ == nullptr)
    return writer_ != nullptr ? writer_->erase(table, key) : lmdb_erase(base_, table, key);
  draft(table, row_change_kind::erase, key, {});
  return {};
}

auto journal_rows::write(MDB_dbi table, std::string_view key, std::string_view value, unsigned flags) const
    -> result<void> {
  return writer_ != nullptr ? writer_->put(table, key, value, flags)
                            : lmdb_put(base_, table, key, value, flags);
}

void journal_rows::draft(MDB_dbi table, row_change_kind kind, std::string_view key,
                         std::string_view value) const {
  draft_->add({places_->of[table], kind, key, value});
}

auto row_cursor::open(const journal_rows& rows, MDB_dbi table) -> result<row_cursor> {
  auto base = lmdb_cursor::open(rows.base_, table);
  if (!base)
    return fail(base.error());
  auto cursor = row_cursor(std::move(*base));
  cursor.tails_.reserve(rows.tail_.parts.size());
  for (const auto& seen : rows.tail_.parts)
    cursor.tails_.emplace_back(seen.part->rows, rows.places_->of[table], seen.sequence_max, seen.after);
  return cursor;
}

auto row_cursor::seek(std::string_view key) -> result<bool> {
  if (tails_.empty())
    return base_.seek(key);
  direction_ = direction::forward;
  for (auto& tail : tails_)
    tail.seek(key);
  if (auto moved = move_base(base_.seek(key)); !moved)
    return fail(moved.error());
  return settle();
}

auto row_cursor::seek_before(std::string_view key) -> result<bool> {
  if (tails_.empty())
    return base_.seek_before(key);
  direction_ = direction::backward;
  for (auto& tail : tails_)
    tail.seek_before(key);
  if (auto moved = move_base(base_.seek_before(key)); !moved)
    return fail(moved.error());
  return settle();
}

auto row_cursor::seek_first() -> result<bool> {
  if (tails_.empty())
    return base_.move(MDB_FIRST);
  direction_ = direction::forward;
  for (auto& tail : tails_)
    tail.seek({});
  if (auto moved = move_base(base_.move(MDB_FIRST)); !moved)
    return fail(moved.error());
  return settle();
}

auto row_cursor::seek_last() -> result<bool> {
  if (tails_.empty())
    return base_.move(MDB_LAST);
  direction_ = direction::backward;
  for (auto& tail : tails_)
    tail.seek_last();
  if (auto moved = move_base(base_.move(MDB_LAST)); !moved)
    return fail(moved.error());
  return settle();
}

auto row_cursor::next() -> result<bool> {
  if (tails_.empty())
    return base_.move(MDB_NEXT);
  if (auto turned = turn(direction::forward); !turned)
    return fail(turned.error());
  if (auto left = leave_key(); !left)
    return fail(left.error());
  return settle();
}

auto row_cursor::previous() -> result<bool> {
  if (tails_.empty())
    return base_.move(MDB_PREV);
  if (auto turned = turn(direction::backward); !turned)
    return fail(turned.error());
  if (auto left = leave_key(); !left)
    return fail(left.error());
  return settle();
}

auto row_cursor::move_base(result<bool> moved) -> result<void> {
  if (!moved)
    return fail(moved.error());
  is_base_there_ = *moved;
  return {};
}

/// Those sources that are not at the key stand beyond it as the cursor has moved so far; now they are to stand beyond
/// it the other way.
auto row_cursor::turn(direction to) -> result<void> {
  if (direction_ == to)
    return {};
  direction_ = to;
  auto is_forward = to == direction::forward;
  for (auto& tail : tails_)
    is_forward ? tail.seek(key_) : tail.seek_before(key_);
  return move_base(is_forward ? base_.seek(key_) : base_.seek_before(key_));
}

/// Moves on all sources that stand at the key.
auto row_cursor::leave_key() -> result<void> {
  auto is_forward = direction_ == direction::forward;
  for (auto& tail : tails_)
    if (tail.is_there() && tail.key() == key_)
      is_forward ? tail.next() : tail.previous();
  if (is_base_there_ && base_.key() == key_)
    return move_base(base_.move(is_forward ? MDB_NEXT : MDB_PREV));
  return {};
}

auto row_cursor::is_nearer(std::string_view key, std::string_view than) const -> bool {
  return direction_ == direction::forward ? key < than : than < key;
}

/// Goes to the nearest key that any source is at and that is not erased. Of sources with the same key the newest
/// counts.
auto row_cursor::settle() -> result<bool> {
  for (;;) {
    const tail_rows::cursor* nearest = nullptr;
    for (const auto& tail : tails_)
      if (tail.is_there() && (nearest == nullptr || is_nearer(tail.key(), nearest->key())))
        nearest = &tail;
    if (nearest == nullptr || (is_base_there_ && is_nearer(base_.key(), nearest->key()))) {
      if (is_base_there_) {
        key_ = base_.key();
        value_ = base_.value();
      }
      return is_base_there_;
    }
    key_ = nearest->key();
    value_ = nearest->value();
    if (nearest->kind() != row_change_kind::erase)
      return true;
    if (auto left = leave_key(); !left)
      return fail(left.error());
  }
}

} // namespace tusker
