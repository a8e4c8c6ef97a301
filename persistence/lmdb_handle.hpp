#pragma once

#include <tusker/model/result.hpp>

#include <lmdb.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tusker {

/// What LMDB's return code means for a journal, with what was being done.
[[nodiscard]] auto lmdb_error(int code, std::string_view doing) -> error;

/// Whether it is the map that has no room left, and not the disk.
[[nodiscard]] auto is_map_full(const error& failure) -> bool;

[[nodiscard]] inline auto to_val(std::string_view bytes) -> MDB_val {
  // LMDB does not write through the pointers of keys and values it is given.
  return {bytes.size(), const_cast<char*>(bytes.data())};
}

[[nodiscard]] inline auto to_view(const MDB_val& value) -> std::string_view {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

struct lmdb_env_deleter {
  void operator()(MDB_env* env) const { mdb_env_close(env); }
};
using lmdb_env = std::unique_ptr<MDB_env, lmdb_env_deleter>;

class lmdb_read_pool;

/// A transaction that is aborted unless it was committed; one of a pool goes back to it.
class lmdb_transaction {
public:
  /// `flags`: `MDB_RDONLY` or 0. Errors: as `lmdb_error`.
  [[nodiscard]] static auto begin(MDB_env* env, unsigned flags) -> result<lmdb_transaction>;

  /// Takes over a read that LMDB has begun, and gives it to `pool` at its end. REQUIRES: the pool lives longer.
  [[nodiscard]] static auto adopt(MDB_txn* transaction, lmdb_read_pool& pool) -> lmdb_transaction {
    return lmdb_transaction(transaction, &pool);
  }

  [[nodiscard]] auto get() const -> MDB_txn* { return transaction_.get(); }

  /// Makes it durable; it is over in any case. Errors: as `lmdb_error`.
  [[nodiscard]] auto commit() && -> result<void>;

private:
  struct deleter {
    void operator()(MDB_txn* transaction) const;

    lmdb_read_pool* pool = nullptr;
  };

  explicit lmdb_transaction(MDB_txn* transaction, lmdb_read_pool* pool = nullptr)
      : transaction_(transaction, deleter{pool}) {}

  std::unique_ptr<MDB_txn, deleter> transaction_;
};

/// A cursor: must not outlive its transaction.
class lmdb_cursor {
public:
  /// Errors: as `lmdb_error`.
  [[nodiscard]] static auto open(MDB_txn* transaction, MDB_dbi table) -> result<lmdb_cursor>;
  [[nodiscard]] static auto open(const lmdb_transaction& transaction, MDB_dbi table) -> result<lmdb_cursor> {
    return open(transaction.get(), table);
  }

  /// Moves; true when there is an entry there. Errors: as `lmdb_error`.
  [[nodiscard]] auto move(MDB_cursor_op operation) -> result<bool>;

  /// Moves to the entry of `key`; true when there is one. Errors: as `lmdb_error`.
  [[nodiscard]] auto find(std::string_view key) -> result<bool>;

  /// Moves to the first entry whose key is at least `key`. Errors: as `lmdb_error`.
  [[nodiscard]] auto seek(std::string_view key) -> result<bool>;

  /// Moves to the last entry whose key is less than `key`. Errors: as `lmdb_error`.
  [[nodiscard]] auto seek_before(std::string_view key) -> result<bool>;

  /// Puts an entry, and moves there: one near the last is found without a way through the whole table. `key()` and
  /// `value()` say nothing of it. Errors: as `lmdb_put`.
  [[nodiscard]] auto put(std::string_view key, std::string_view value, unsigned flags = 0) -> result<void>;

  [[nodiscard]] auto key() const -> std::string_view { return to_view(key_); }
  [[nodiscard]] auto value() const -> std::string_view { return to_view(value_); }

private:
  struct deleter {
    void operator()(MDB_cursor* cursor) const { mdb_cursor_close(cursor); }
  };

  explicit lmdb_cursor(MDB_cursor* cursor) : cursor_(cursor) {}

  auto get(MDB_cursor_op operation) -> result<bool>;

  std::unique_ptr<MDB_cursor, deleter> cursor_;
  MDB_val key_{};
  MDB_val value_{};
};

/// The value of `key` if there is one; valid until the transaction ends or writes. Errors: as `lmdb_error`.
[[nodiscard]] auto lmdb_get(MDB_txn* transaction, MDB_dbi table, std::string_view key)
    -> result<std::optional<std::string_view>>;
[[nodiscard]] inline auto lmdb_get(const lmdb_transaction& transaction, MDB_dbi table, std::string_view key)
    -> result<std::optional<std::string_view>> {
  return lmdb_get(transaction.get(), table, key);
}

/// Errors: as `lmdb_error`; an entry that `MDB_NOOVERWRITE` or `MDB_APPEND` forbids is `journal_errc::corrupt`.
[[nodiscard]] auto lmdb_put(MDB_txn* transaction, MDB_dbi table, std::string_view key, std::string_view value,
                            unsigned flags = 0) -> result<void>;
[[nodiscard]] inline auto lmdb_put(const lmdb_transaction& transaction, MDB_dbi table, std::string_view key,
                                   std::string_view value, unsigned flags = 0) -> result<void> {
  return lmdb_put(transaction.get(), table, key, value, flags);
}

/// Removes `key` if it is there. Errors: as `lmdb_error`.
[[nodiscard]] auto lmdb_erase(MDB_txn* transaction, MDB_dbi table, std::string_view key) -> result<void>;
[[nodiscard]] inline auto lmdb_erase(const lmdb_transaction& transaction, MDB_dbi table, std::string_view key)
    -> result<void> {
  return lmdb_erase(transaction.get(), table, key);
}

} // namespace tusker
