#pragma once

#include <tusker/model/codec.hpp>
#include <tusker/model/index_entry.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/read_table.hpp>
#include <tusker/model/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

/// The rows of a projection as its handlers see them: with all that the events before this one changed. Hand on what
/// they return: after an error nothing of the event is kept.
///
/// Errors of all: those of the storage; what the store does not take is `read_store_errc::too_large`, `invalid`.
class read_model {
public:
  read_model() = default;
  read_model(const read_model&) = delete;
  auto operator=(const read_model&) -> read_model& = delete;
  virtual ~read_model() = default;

  /// The row that stands there, if there is one. Errors: `model_errc::schema_mismatch`, `malformed_json` when the row's
  /// schema was changed and the projection's version was not.
  template <class Table>
  [[nodiscard]] auto get(const row_place<Table>& place) const
      -> result<std::optional<typename Table::row_type>> {
    return row_at(place.table, place.table.key_of(place.values));
  }

  /// Puts a row into its place, whether or not there is one. Errors: `model_errc::not_encodable`.
  template <class Table>
  [[nodiscard]] auto put(const Table& table, const typename Table::row_type& row) -> result<void> {
    return put_under(table, table.key_of(row), row);
  }

  template <class Table>
  [[nodiscard]] auto erase(const row_place<Table>& place) -> result<void> {
    return erase_bytes(place.table.name, place.table.key_of(place.values));
  }

  /// Lets `change(row&)` change the row that stands there. Errors: `model_errc::row_not_found`, `row_key_changed`;
  /// those of `get` and `put`.
  template <class Table, class Change>
  [[nodiscard]] auto update(const row_place<Table>& place, Change&& change) -> result<void> {
    auto key = place.table.key_of(place.values);
    auto row = row_at(place.table, key);
    if (!row)
      return fail(row.error());
    if (!*row)
      return fail(model_errc::row_not_found,
                  "table " + tusker::quoted(place.table.name) + " has no row to change under that key");
    return put_changed(place.table, std::move(key), std::move(**row), change);
  }

  /// The same, where a row that has nothing but its key is changed if there was none.
  template <class Table, class Change>
  [[nodiscard]] auto upsert(const row_place<Table>& place, Change&& change) -> result<void> {
    auto key = place.table.key_of(place.values);
    auto row = row_at(place.table, key);
    if (!row)
      return fail(row.error());
    if (!*row)
      place.table.set_key(row->emplace(), place.values);
    return put_changed(place.table, std::move(key), std::move(**row), change);
  }

  /// Removes all rows of a table, at the price of one.
  template <class Table>
  [[nodiscard]] auto clear(const Table& table) -> result<void> {
    return clear_table(table.name);
  }

  // The same in bytes, for engines.

  [[nodiscard]] virtual auto get_bytes(std::string_view table, std::string_view key) const
      -> result<std::optional<std::string>> = 0;
  [[nodiscard]] virtual auto put_bytes(std::string_view table, std::string key, std::string value,
                                       std::vector<index_entry> indexes) -> result<void> = 0;
  [[nodiscard]] virtual auto erase_bytes(std::string_view table, std::string_view key) -> result<void> = 0;
  [[nodiscard]] virtual auto clear_table(std::string_view table) -> result<void> = 0;

private:
  template <class Table>
  [[nodiscard]] auto row_at(const Table& table, const std::string& key) const
      -> result<std::optional<typename Table::row_type>> {
    auto bytes = get_bytes(table.name, key);
    if (!bytes)
      return fail(bytes.error());
    if (!*bytes)
      return std::nullopt;
    auto row = tusker::decode<typename Table::row_type>(**bytes);
    if (!row)
      return fail(in_table(table.name, row.error()));
    return std::optional(std::move(*row));
  }

  template <class Table>
  [[nodiscard]] auto put_under(const Table& table, std::string&& key, const typename Table::row_type& row)
      -> result<void> {
    auto value = tusker::encode(row);
    if (!value)
      return fail(in_table(table.name, value.error()));
    return put_bytes(table.name, std::move(key), std::move(*value), table.entries_of(row));
  }

  template <class Table, class Change>
  [[nodiscard]] auto put_changed(const Table& table, std::string&& key, typename Table::row_type row,
                                 Change& change) -> result<void> {
    change(row);
    // Under another key it would be a second row, and the first would stay as it was.
    if (table.key_of(row) != key)
      return fail(model_errc::row_key_changed,
                  "table " + tusker::quoted(table.name) + ": a row was changed in a member of its key");
    return put_under(table, std::move(key), row);
  }

  [[nodiscard]] static auto in_table(std::string_view table, const error& failure) -> error {
    return {failure.code(), "table " + tusker::quoted(table) + ": " + failure.message()};
  }
};

} // namespace tusker
