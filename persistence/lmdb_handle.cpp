#include <tusker/persistence/lmdb_handle.hpp>

#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_read_pool.hpp>

namespace tusker {

namespace {

auto outcome_of_put(int code) -> result<void> {
  if (code != MDB_SUCCESS)
    return fail(lmdb_error(code, "a write failed"));
  return {};
}

auto code_of(int code) -> journal_errc {
  if (is_out_of_space(code))
    return journal_errc::storage_full;
  switch (code) {
  case MDB_MAP_FULL:
    return journal_errc::storage_full;
  case MDB_READERS_FULL:
    return journal_errc::too_many_readers;
  case MDB_VERSION_MISMATCH:
  case MDB_INVALID:
    return journal_errc::unsupported_format;
  case MDB_KEYEXIST:
  case MDB_CORRUPTED:
  case MDB_PAGE_NOTFOUND:
  case MDB_NOTFOUND:
    return journal_errc::corrupt;
  default:
    return journal_errc::io_error;
  }
}

} // namespace

auto lmdb_error(int code, std::string_view doing) -> error {
  return {code_of(code), std::string(doing) + ": " + mdb_strerror(code)};
}

auto is_map_full(const error& failure) -> bool {
  // Callers need not tell the two apart, so there is one code for both; LMDB's own words are at the end.
  return failure.code() == journal_errc::storage_full &&
         failure.message().ends_with(mdb_strerror(MDB_MAP_FULL));
}

void lmdb_transaction::deleter::operator()(MDB_txn* transaction) const {
  if (pool != nullptr)
    pool->end(transaction);
  else
    mdb_txn_abort(transaction);
}

auto lmdb_transaction::begin(MDB_env* env, unsigned flags) -> result<lmdb_transaction> {
  MDB_txn* transaction = nullptr;
  if (auto code = mdb_txn_begin(env, nullptr, flags, &transaction); code != MDB_SUCCESS)
    return fail(lmdb_error(code, "a transaction cannot begin"));
  return lmdb_transaction(transaction);
}

auto lmdb_transaction::commit() && -> result<void> {
  // LMDB frees the transaction whether or not the commit succeeds.
  if (auto code = mdb_txn_commit(transaction_.release()); code != MDB_SUCCESS)
    return fail(lmdb_error(code, "the commit failed"));
  return {};
}

auto lmdb_cursor::put(std::string_view key, std::string_view value, unsigned flags) -> result<void> {
  key_ = to_val(key);
  value_ = to_val(value);
  return outcome_of_put(mdb_cursor_put(cursor_.get(), &key_, &value_, flags));
}

auto lmdb_cursor::open(MDB_txn* transaction, MDB_dbi table) -> result<lmdb_cursor> {
  MDB_cursor* cursor = nullptr;
  if (auto code = mdb_cursor_open(transaction, table, &cursor); code != MDB_SUCCESS)
    return fail(lmdb_error(code, "a cursor cannot be opened"));
  return lmdb_cursor(cursor);
}

auto lmdb_cursor::get(MDB_cursor_op operation) -> result<bool> {
  auto code = mdb_cursor_get(cursor_.get(), &key_, &value_, operation);
  if (code == MDB_NOTFOUND)
    return false;
  if (code != MDB_SUCCESS)
    return fail(lmdb_error(code, "a read failed"));
  return true;
}

auto lmdb_cursor::move(MDB_cursor_op operation) -> result<bool> {
  return get(operation);
}

auto lmdb_cursor::find(std::string_view key) -> result<bool> {
  key_ = to_val(key);
  return get(MDB_SET_KEY);
}

auto lmdb_cursor::seek(std::string_view key) -> result<bool> {
  key_ = to_val(key);
  return get(MDB_SET_RANGE);
}

auto lmdb_cursor::seek_before(std::string_view key) -> result<bool> {
  auto found = seek(key);
  if (!found)
    return found;
  return get(*found ? MDB_PREV : MDB_LAST);
}

auto lmdb_get(MDB_txn* transaction, MDB_dbi table, std::string_view key)
    -> result<std::optional<std::string_view>> {
  auto wanted = to_val(key);
  MDB_val value{};
  auto code = mdb_get(transaction, table, &wanted, &value);
  if (code == MDB_NOTFOUND)
    return std::nullopt;
  if (code != MDB_SUCCESS)
    return fail(lmdb_error(code, "a read failed"));
  return to_view(value);
}

auto lmdb_put(MDB_txn* transaction, MDB_dbi table, std::string_view key, std::string_view value,
              unsigned flags) -> result<void> {
  auto at = to_val(key);
  auto stored = to_val(value);
  return outcome_of_put(mdb_put(transaction, table, &at, &stored, flags));
}

auto lmdb_erase(MDB_txn* transaction, MDB_dbi table, std::string_view key) -> result<void> {
  auto at = to_val(key);
  auto code = mdb_del(transaction, table, &at, nullptr);
  if (code != MDB_SUCCESS && code != MDB_NOTFOUND)
    return fail(lmdb_error(code, "a removal failed"));
  return {};
}

} // namespace tusker
