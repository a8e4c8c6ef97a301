#pragma once

#include <tusker/model/index_entry.hpp>
#include <tusker/model/ordered_key.hpp>
#include <tusker/model/read_key.hpp>
#include <tusker/model/schema.hpp>

#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace tusker {

/// A member of a row that stands in a key.
template <class Row, key_value Value>
struct key_part {
  using row_type = Row;
  using value = Value;
  Value Row::*member;
  key_order order = key_order::ascending;
};

template <class Row, key_value Value>
[[nodiscard]] constexpr auto ascending(Value Row::*member) -> key_part<Row, Value> {
  return {member, key_order::ascending};
}

/// The largest first, or the newest.
template <class Row, key_value Value>
[[nodiscard]] constexpr auto descending(Value Row::*member) -> key_part<Row, Value> {
  return {member, key_order::descending};
}

template <class Row, key_value Value>
[[nodiscard]] constexpr auto as_key_part(Value Row::*member) -> key_part<Row, Value> {
  return ascending(member);
}

template <class Row, key_value Value>
[[nodiscard]] constexpr auto as_key_part(key_part<Row, Value> part) -> key_part<Row, Value> {
  return part;
}

/// What names a row of a table.
template <class... Parts>
struct key_declaration {
  std::tuple<Parts...> parts;
};

/// An order in which a table's rows are kept as well.
template <class... Parts>
struct index_declaration {
  std::string_view name;
  std::tuple<Parts...> parts;
};

/// The key of a table: one member or several, in the order in which rows stand.
template <class... Members>
[[nodiscard]] constexpr auto key(Members... members) {
  return key_declaration<decltype(as_key_part(members))...>{{as_key_part(members)...}};
}

/// An index of a table: rows in the order of these members and, where they are equal, of their keys. A member is
/// ascending unless it says `descending(&row::member)`.
template <class... Members>
[[nodiscard]] constexpr auto index(std::string_view name, Members... members) {
  return index_declaration<decltype(as_key_part(members))...>{name, {as_key_part(members)...}};
}

/// Where a row of a table stands, or would stand: made by `table.at(…)`, and to be used at once.
template <class Table>
struct row_place {
  const Table& table;
  typename Table::key_values values;
};

/// The declaration of a table of a read model: `table`.
template <class Row, class Key, class... Indexes>
struct table_declaration;

template <has_schema Row, class... Parts, class... Indexes>
struct table_declaration<Row, key_declaration<Parts...>, Indexes...> {
  using row_type = Row;
  using key_values = std::tuple<typename Parts::value...>;

  std::string_view name;
  key_declaration<Parts...> key;
  std::tuple<Indexes...> indexes;

  /// The place of the row with these values in its key.
  [[nodiscard]] constexpr auto at(typename Parts::value... values) const -> row_place<table_declaration> {
    return {*this, key_values(std::move(values)...)};
  }

  /// The bytes under which a row stands.
  [[nodiscard]] auto key_of(const Row& row) const -> std::string { return bytes_of(key.parts, row); }

  /// The same for the row that would stand there.
  [[nodiscard]] auto key_of(const key_values& values) const -> std::string {
    auto row = Row{};
    set_key(row, values);
    return key_of(row);
  }

  /// Writes the values of a key into the members that they are of.
  void set_key(Row& row, const key_values& values) const {
    std::apply(
        [&](const auto&... parts) {
          std::apply([&](const auto&... given) { ((row.*parts.member = given), ...); }, values);
        },
        key.parts);
  }

  /// Where the indexes have a row.
  [[nodiscard]] auto entries_of(const Row& row) const -> std::vector<index_entry> {
    std::vector<index_entry> entries;
    entries.reserve(sizeof...(Indexes));
    std::apply(
        [&](const auto&... of) {
          (entries.push_back({std::string(of.name), bytes_of(of.parts, row)}), ...);
        },
        indexes);
    return entries;
  }

private:
  template <class Tuple>
  [[nodiscard]] static auto bytes_of(const Tuple& parts, const Row& row) -> std::string {
    ordered_key bytes;
    std::apply(
        [&](const auto&... each) {
          (key_codec<typename std::decay_t<decltype(each)>::value>::write(bytes, row.*each.member,
                                                                          each.order),
           ...);
        },
        parts);
    return std::move(bytes).take();
  }
};

/// Declares a table of a read model: `static constexpr auto orders = tusker::table<summary_row>("orders",
/// tusker::key(&summary_row::order_id), tusker::index("by_customer", &summary_row::customer_id));`. Rows are kept as
/// JSON by their schema. Names have 1 to 100 bytes, no control character; those that begin with `tusker.` are taken.
template <has_schema Row, class Key, class... Indexes>
[[nodiscard]] constexpr auto table(std::string_view name, Key key, Indexes... indexes) {
  return table_declaration<Row, Key, Indexes...>{name, key, {indexes...}};
}

} // namespace tusker
