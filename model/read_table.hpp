#pragma once

#include <tusker/model/error.hpp>
#include <tusker/model/index_entry.hpp>
#include <tusker/model/key_range.hpp>
#include <tusker/model/ordered_key.hpp>
#include <tusker/model/read_key.hpp>
#include <tusker/model/row_range.hpp>
#include <tusker/model/schema.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
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

  friend constexpr auto operator==(const key_part&, const key_part&) -> bool = default;
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

  friend constexpr auto operator==(const index_declaration&, const index_declaration&) -> bool = default;
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

/// Whether these may be given as the values of the first parts of a key, one for each.
template <class Values, class Parts>
inline constexpr bool is_key_prefix = false;
template <class... Parts>
inline constexpr bool is_key_prefix<std::tuple<>, std::tuple<Parts...>> = true;
template <class Value, class... Values, class Part, class... Parts>
inline constexpr bool is_key_prefix<std::tuple<Value, Values...>, std::tuple<Part, Parts...>> =
    part_argument<Value, Part>&& is_key_prefix<std::tuple<Values...>, std::tuple<Parts...>>;

/// The part with this number, or `no_key_part` behind the last one.
template <std::size_t Number, class... Parts>
[[nodiscard]] constexpr auto part_at(const std::tuple<Parts...>& parts) {
  if constexpr (Number < sizeof...(Parts))
    return std::get<Number>(parts);
  else
    return no_key_part{};
}

/// The error of a range by an index that its table does not have.
[[nodiscard]] auto unknown_index(std::string_view table, std::string_view index,
                                 std::span<const std::string> known) -> error;

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

  /// All rows, in the order of their keys.
  [[nodiscard]] auto all() const { return under(); }

  /// The rows whose keys begin with these values, in the order of the keys: as many values as are wanted of the key's
  /// first parts.
  template <class... Values>
  requires is_key_prefix<std::tuple<Values...>, std::tuple<Parts...>>
  [[nodiscard]] auto under(const Values&... values) const { return range_in({}, key.parts, values...); }

  /// The rows that have these values in the index's first members, in the order of the index. It is the declaration
  /// that the table was made with. An index of other members does not compile; another one of members of the same types
  /// is `model_errc::unknown_index` when it is read.
  template <class... Of, class... Values>
  requires((std::same_as<index_declaration<Of...>, Indexes> || ...) &&
           is_key_prefix<std::tuple<Values...>, std::tuple<Of...>>) //
      [[nodiscard]] auto by(const index_declaration<Of...>& index, const Values&... values) const {
    auto fault = has(index) ? std::nullopt : std::optional(unknown_index(name, index.name, index_names()));
    return range_in(index.name, index.parts, values...).with(std::move(fault));
  }

private:
  template <class Index>
  [[nodiscard]] auto has(const Index& wanted) const -> bool {
    auto is_wanted = [&](const auto& index) {
      if constexpr (std::same_as<std::decay_t<decltype(index)>, Index>)
        return index == wanted;
      else
        return false;
    };
    return std::apply([&](const auto&... each) { return (is_wanted(each) || ...); }, indexes);
  }

  [[nodiscard]] auto index_names() const -> std::vector<std::string> {
    return std::apply([](const auto&... each) { return std::vector<std::string>{std::string(each.name)...}; },
                      indexes);
  }

  /// The rows whose first parts have these values, in the order of the parts.
  template <class... Of, class... Values>
  [[nodiscard]] auto range_in(std::string_view index, const std::tuple<Of...>& parts,
                              const Values&... values) const {
    ordered_key prefix;
    [&]<std::size_t... At>(std::index_sequence<At...>) {
      (write_value(prefix, std::get<At>(parts), values), ...);
    }
    (std::index_sequence_for<Values...>());
    auto next = part_at<sizeof...(Values)>(parts);
    auto bytes = std::move(prefix).take();
    auto rows = row_selection{std::string(name), std::string(index), key_range::of_prefix(bytes)};
    return row_range<Row, decltype(next)>(std::move(rows), std::move(bytes), next);
  }

  template <class Part, class Value>
  static void write_value(ordered_key& to, const Part& part, const Value& value) {
    using wanted = typename Part::value;
    key_codec<wanted>::write(to, static_cast<wanted>(value), part.order);
  }

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

/// Whether no two indexes of a table have one name.
template <class... Indexes>
[[nodiscard]] constexpr auto are_distinct_indexes(const Indexes&... indexes) -> bool {
  const std::array<std::string_view, sizeof...(Indexes)> names{std::string_view(indexes.name)...};
  for (std::size_t at = 0; at < names.size(); ++at)
    for (std::size_t other = at + 1; other < names.size(); ++other)
      if (names[at] == names[other])
        return false;
  return true;
}

/// Defined nowhere: it stands in the compiler's message when two indexes of a table have one name.
void the_indexes_of_a_table_need_names_that_differ();

/// Declares a table of a read model: `static constexpr auto orders = tusker::table<summary_row>("orders",
/// tusker::key(&summary_row::order_id), tusker::index("by_customer", &summary_row::customer_id));`. Rows are kept as
/// JSON by their schema. Names have 1 to 100 bytes, no control character; those that begin with `tusker.` are taken.
/// An index that is read by is declared by itself, to be named then: `static constexpr auto by_customer =
/// tusker::index(…)`.
template <has_schema Row, class Key, class... Indexes>
[[nodiscard]] consteval auto table(std::string_view name, Key key, Indexes... indexes) {
  if (!are_distinct_indexes(indexes...))
    the_indexes_of_a_table_need_names_that_differ();
  return table_declaration<Row, Key, Indexes...>{name, key, {indexes...}};
}

} // namespace tusker
