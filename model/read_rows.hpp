#pragma once

#include <tusker/model/codec.hpp>
#include <tusker/model/page_token.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/read_query.hpp>
#include <tusker/model/read_table.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/row_page.hpp>
#include <tusker/model/row_range.hpp>
#include <tusker/model/row_source.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tusker {

/// The rows of a projection's model at one moment, by their types. What is committed meanwhile is not seen. To be held
/// shortly, for one question or one page, since a store keeps what is old for it.
///
///   rows.get(orders.at("o-1"))                               one row
///   rows.scan(orders.all(), {.rows_max = 20})                in the order of keys
///   rows.scan(orders.under("c-7"))                           those whose key begins with that
///   rows.scan(orders.by(by_customer, "c-7").backward())      in the order of an index, the last first
///   rows.scan(orders.by(by_time).from(monday).before(friday))
///   rows.count(orders.by(by_customer, "c-7"))
///
/// Errors of all: those of the storage; `model_errc::schema_mismatch`, `malformed_json` when the row's schema was
/// changed and the projection's version was not; `unknown_index` for a range by an index that the table does not have.
/// They name projection and table.
class read_rows {
public:
  read_rows(std::shared_ptr<const row_source> source, std::string projection)
      : source_(std::move(source)), projection_(std::move(projection)) {}

  /// The row that stands there, if there is one.
  template <class Table>
  [[nodiscard]] auto get(const row_place<Table>& place) const
      -> result<std::optional<typename Table::row_type>> {
    auto bytes = source_->get(place.table.name, place.table.key_of(place.values));
    if (!bytes)
      return fail(located(bytes.error(), place.table.name));
    if (!*bytes)
      return std::nullopt;
    auto row = row_of<typename Table::row_type>(place.table.name, **bytes);
    if (!row)
      return fail(row.error());
    return std::optional(std::move(*row));
  }

  /// The rows of a range, a page at a time. Errors: `model_errc::foreign_token` when `page.after` is no `next` of this
  /// range.
  template <class Row, class Next>
  [[nodiscard]] auto scan(const row_range<Row, Next>& range, const page_request& page = {}) const
      -> result<row_page<Row>> {
    auto slice = slice_of(range.selection(), page);
    if (!slice)
      return fail(located(slice.error(), range.selection().table));
    row_page<Row> found;
    found.rows.reserve(slice->rows.size());
    for (const auto& stored : slice->rows) {
      auto row = row_of<Row>(range.selection().table, stored.value);
      if (!row)
        return fail(row.error());
      found.rows.push_back(std::move(*row));
    }
    found.next = std::move(slice->next);
    return found;
  }

  /// How many rows a range has. That of a whole table is known; all else is counted up to `rows_max`.
  template <class Row, class Next>
  [[nodiscard]] auto count(const row_range<Row, Next>& range, std::size_t rows_max = 10'000) const
      -> result<row_count> {
    auto found = count_of(range.selection(), rows_max);
    if (!found)
      return fail(located(found.error(), range.selection().table));
    return found;
  }

  /// Up to where the rows are made. It may be behind what a query waited for, by events that nothing was wanted of:
  /// these are noted late.
  [[nodiscard]] auto offset(log_id log = {}) const -> log_offset { return source_->offset_of(log); }

  /// Whose rows these are.
  [[nodiscard]] auto projection() const -> const std::string& { return projection_; }

private:
  [[nodiscard]] auto slice_of(const row_selection& range, const page_request& page) const
      -> result<scan_slice>;
  [[nodiscard]] auto count_of(const row_selection& range, std::size_t rows_max) const -> result<row_count>;
  [[nodiscard]] auto located(const error& failure, std::string_view table) const -> error;

  template <class Row>
  [[nodiscard]] auto row_of(std::string_view table, std::string_view bytes) const -> result<Row> {
    auto row = tusker::decode<Row>(bytes);
    if (!row)
      return fail(located(row.error(), table));
    return row;
  }

  std::shared_ptr<const row_source> source_;
  std::string projection_;
};

} // namespace tusker
