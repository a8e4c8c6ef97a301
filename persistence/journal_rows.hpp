#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_tail.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_row_writer.hpp>
#include <tusker/persistence/row_change.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tusker {

/// Which place in `lmdb_table_names` the table has that this process knows under a handle of LMDB's.
struct table_places {
  static constexpr std::size_t handles_max = 64;
  std::array<std::uint8_t, handles_max> of{};
};

/// Where the changes of a batch go that is not written to LMDB itself.
class row_draft {
public:
  row_draft() = default;
  row_draft(const row_draft&) = delete;
  auto operator=(const row_draft&) -> row_draft& = delete;
  virtual ~row_draft() = default;

  virtual void add(const row_change& change) = 0;
};

/// The rows of a journal's tables as one transaction sees them: LMDB's own, and over them those of the tail that LMDB
/// does not have yet. Must not outlive the transaction of LMDB.
class journal_rows {
public:
  /// LMDB's alone; a transaction that may write changes them in place.
  // NOLINTNEXTLINE(google-explicit-constructor): who has no tail to look at need not know of it.
  journal_rows(const lmdb_transaction& transaction) : base_(transaction.get()) {}

  /// The same, which changes rows through a writer of the transaction: it must live as long as these rows.
  journal_rows(const lmdb_transaction& transaction, lmdb_row_writer& writer)
      : base_(transaction.get()), writer_(&writer) {}

  /// REQUIRES: the view was taken before the transaction of LMDB began; what that has is left out of it.
  journal_rows(const lmdb_transaction& transaction, tail_view tail, const table_places& places);

  /// Changes go to the draft, and are seen at once: the view is the writer's.
  journal_rows(const lmdb_transaction& transaction, tail_view tail, const table_places& places,
               row_draft& draft);

  /// The value of `key` if there is one; valid until the transaction ends or writes. Errors: as `lmdb_get`.
  [[nodiscard]] auto find(MDB_dbi table, std::string_view key) const
      -> result<std::optional<std::string_view>>;

  // Errors: as `lmdb_put`. REQUIRES: the transaction may write, or there is a draft.
  [[nodiscard]] auto put(MDB_dbi table, std::string_view key, std::string_view value) const -> result<void>;
  /// Nothing may stand under the key yet.
  [[nodiscard]] auto put_new(MDB_dbi table, std::string_view key, std::string_view value) const
      -> result<void>;
  /// The same for a key that is behind all others of the table.
  [[nodiscard]] auto append(MDB_dbi table, std::string_view key, std::string_view value) const
      -> result<void>;
  /// Nothing need stand under the key.
  [[nodiscard]] auto erase(MDB_dbi table, std::string_view key) const -> result<void>;

private:
  friend class row_cursor;

  /// Into LMDB itself.
  [[nodiscard]] auto write(MDB_dbi table, std::string_view key, std::string_view value, unsigned flags) const
      -> result<void>;
  void draft(MDB_dbi table, row_change_kind kind, std::string_view key, std::string_view value) const;

  MDB_txn* base_;
  lmdb_row_writer* writer_ = nullptr;
  tail_view tail_;
  const table_places* places_ = nullptr;
  row_draft* draft_ = nullptr;
};

/// A cursor over one table's rows: must not outlive them.
class row_cursor {
public:
  /// Errors: as `lmdb_error`.
  [[nodiscard]] static auto open(const journal_rows& rows, MDB_dbi table) -> result<row_cursor>;

  // Each returns whether there is an entry there. Errors: as `lmdb_error`.
  /// To the first entry whose key is at least `key`.
  [[nodiscard]] auto seek(std::string_view key) -> result<bool>;
  /// To the last entry whose key is less than `key`.
  [[nodiscard]] auto seek_before(std::string_view key) -> result<bool>;
  [[nodiscard]] auto seek_first() -> result<bool>;
  [[nodiscard]] auto seek_last() -> result<bool>;
  // REQUIRES: the last move found an entry.
  [[nodiscard]] auto next() -> result<bool>;
  [[nodiscard]] auto previous() -> result<bool>;

  // Of the entry it is at. Valid until the transaction ends or writes.
  [[nodiscard]] auto key() const -> std::string_view { return tails_.empty() ? base_.key() : key_; }
  [[nodiscard]] auto value() const -> std::string_view { return tails_.empty() ? base_.value() : value_; }

private:
  enum class direction { forward, backward };

  explicit row_cursor(lmdb_cursor base) : base_(std::move(base)) {}

  [[nodiscard]] auto move_base(result<bool> moved) -> result<void>;
  [[nodiscard]] auto turn(direction to) -> result<void>;
  [[nodiscard]] auto leave_key() -> result<void>;
  [[nodiscard]] auto settle() -> result<bool>;
  [[nodiscard]] auto is_nearer(std::string_view key, std::string_view than) const -> bool;

  lmdb_cursor base_;
  std::vector<tail_rows::cursor> tails_; ///< The newest first.
  bool is_base_there_ = false;
  direction direction_ = direction::forward;
  std::string_view key_;
  std::string_view value_;
};

} // namespace tusker
