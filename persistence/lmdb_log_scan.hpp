#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/event_record.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/log_filter.hpp>

#include <optional>
#include <unordered_set>

namespace tusker {

/// A `log_filter` in the numbers that stand in event headers; names of streams do not, so their prefix is not in it.
class header_filter {
public:
  /// Names that the journal does not know match nothing. Errors: as `find_name`.
  [[nodiscard]] static auto make(const journal_rows& rows, const lmdb_tables& tables,
                                 const log_filter& filter) -> result<header_filter>;

  [[nodiscard]] auto passes(const event_header& header) const -> bool;

private:
  using numbers = std::unordered_set<std::uint32_t>;

  std::optional<numbers> types_;
  std::optional<numbers> categories_;
  std::unordered_set<std::uint16_t> shards_; // empty: all
};

/// Walks over the events of a log in order, and makes sure that none is missing or damaged.
class log_scan {
public:
  /// Errors: as `lmdb_error`.
  [[nodiscard]] static auto begin(const journal_rows& rows, const lmdb_tables& tables, log_offset after)
      -> result<log_scan>;

  /// Goes to the next event; false at the end. Errors: `journal_errc::corrupt`, which names the offset; `io_error`.
  [[nodiscard]] auto next() -> result<bool>;
  /// The same where an event must be, since it is not the end yet: none is corrupt too.
  [[nodiscard]] auto next_stored() -> result<void>;

  /// The event that `next` went to, and where it stands.
  [[nodiscard]] auto record() const -> const event_record& { return record_; }
  [[nodiscard]] auto offset() const -> log_offset { return offset_; }

private:
  log_scan(row_cursor cursor, log_offset after) : cursor_(std::move(cursor)), offset_(after) {}

  row_cursor cursor_;
  log_offset offset_;
  event_record record_;
  bool started_ = false;
};

} // namespace tusker
