#pragma once

#include <tusker/bench/order_book.hpp>
#include <tusker/bench/raw_environment.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>

namespace tusker::bench {

/// What a program that knows where everything stands takes out of an event: no JSON is read. Points into the record.
struct raw_order_event {
  std::string_view order;
  std::string_view customer; ///< Of the first event of an order only, as is the total.
  std::int64_t total = 0;
  order_standing status = order_standing::created;
};

/// A cursor over the events of a journal of `make_order_history`, without a journal around it: verifies each checksum
/// and finds the fields by their positions. One read transaction at a time.
class raw_history {
public:
  /// Errors: as `lmdb_error`.
  [[nodiscard]] static auto open(const std::filesystem::path& journal) -> result<raw_history>;

  /// Gives up to `events_max` events behind offset `after` to `take`, in one transaction; returns how many there were.
  /// Errors: as `lmdb_error`; `journal_errc::corrupt`.
  template <class Take>
  [[nodiscard]] auto read(std::uint64_t after, std::uint64_t events_max, const Take& take) const
      -> result<std::uint64_t> {
    auto transaction = env_.begin(MDB_RDONLY);
    auto cursor = transaction ? lmdb_cursor::open(*transaction, events_) : fail(transaction.error());
    if (!cursor)
      return fail(cursor.error());
    std::uint64_t count = 0;
    auto found = seek_behind(*cursor, after);
    for (; found && *found && count < events_max; ++count) {
      raw_order_event event;
      if (!take_apart(cursor->key(), cursor->value(), event))
        return damaged();
      take(event);
      found = cursor->move(MDB_NEXT);
    }
    return found.map([count](bool) { return count; });
  }

private:
  raw_history(raw_environment env, MDB_dbi events) : env_(std::move(env)), events_(events) {}

  [[nodiscard]] static auto seek_behind(lmdb_cursor& cursor, std::uint64_t after) -> result<bool>;
  [[nodiscard]] static auto take_apart(std::string_view key, std::string_view record, raw_order_event& event)
      -> bool;
  [[nodiscard]] static auto damaged() -> tl::unexpected<error>;

  raw_environment env_;
  MDB_dbi events_;
};

/// What a reading of a whole history came to.
struct history_reading {
  std::uint64_t events = 0;
  book_totals totals;

  friend auto operator==(const history_reading&, const history_reading&) -> bool = default;
};

/// The limit of w5: the whole history into an order book in memory. Errors: those of `raw_history::read`.
[[nodiscard]] auto read_into_book(const raw_history& history) -> result<history_reading>;

} // namespace tusker::bench
