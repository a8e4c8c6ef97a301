#pragma once

#include <tusker/model/encoded_message.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace tusker {

/// What a declared type is for.
enum class schema_kind { event, command, rejection, snapshot, record, query };

/// One stored field: its name in JSON and the member that holds it.
template <class Owner, class Value>
struct field_schema {
  using owner = Owner;
  using value = Value;
  std::string_view name;
  Value Owner::*member;
};

/// The declaration that drives reader, writer, checks and documentation of a type.
template <class... Fields>
struct schema_declaration {
  schema_kind kind;
  std::string_view name;
  schema_version version;
  std::tuple<Fields...> fields;
};

/// Whether no two fields of a schema share their stored name.
template <class... Fields>
[[nodiscard]] constexpr auto has_distinct_fields(const schema_declaration<Fields...>& schema) -> bool {
  return std::apply(
      [](const auto&... fields) {
        const std::array<std::string_view, sizeof...(fields)> names{fields.name...};
        for (std::size_t at = 0; at < names.size(); ++at)
          for (std::size_t other = at + 1; other < names.size(); ++other)
            if (names[at] == names[other])
              return false;
        return true;
      },
      schema.fields);
}

/// Declares a field. Give the names explicitly: what is stored must not change when a member is renamed.
template <class Owner, class Value>
[[nodiscard]] constexpr auto field(std::string_view name, Value Owner::*member) {
  return field_schema<Owner, Value>{name, member};
}

/// Declares an event: `static constexpr auto schema = tusker::event("OrderCreated", 1, field("order_id", &…), …);`
template <class... Fields>
[[nodiscard]] constexpr auto event(std::string_view name, std::uint16_t version, Fields... fields) {
  return schema_declaration<Fields...>{schema_kind::event, name, schema_version(version),
                                       std::tuple(fields...)};
}

/// Declares a command.
template <class... Fields>
[[nodiscard]] constexpr auto command(std::string_view name, std::uint16_t version, Fields... fields) {
  return schema_declaration<Fields...>{schema_kind::command, name, schema_version(version),
                                       std::tuple(fields...)};
}

/// Declares a rejection: a command's refusal by the domain, recorded under the command's id.
template <class... Fields>
[[nodiscard]] constexpr auto rejection(std::string_view name, std::uint16_t version, Fields... fields) {
  return schema_declaration<Fields...>{schema_kind::rejection, name, schema_version(version),
                                       std::tuple(fields...)};
}

/// Declares an aggregate's state, so that snapshots of it can be kept. Raise the version whenever the same events lead
/// to another state: snapshots of other versions are passed over.
template <class... Fields>
[[nodiscard]] constexpr auto snapshot(std::string_view name, std::uint16_t version, Fields... fields) {
  return schema_declaration<Fields...>{schema_kind::snapshot, name, schema_version(version),
                                       std::tuple(fields...)};
}

/// Declares a query: a question to the rows of a projection. The type also says what the answer is: `using answer = …`.
template <class... Fields>
[[nodiscard]] constexpr auto query(std::string_view name, std::uint16_t version, Fields... fields) {
  return schema_declaration<Fields...>{schema_kind::query, name, schema_version(version),
                                       std::tuple(fields...)};
}

/// Declares a part of other messages.
template <class... Fields>
[[nodiscard]] constexpr auto record(std::string_view name, Fields... fields) {
  return schema_declaration<Fields...>{schema_kind::record, name, schema_version(1), std::tuple(fields...)};
}

/// A type that declares its schema.
template <class T>
concept has_schema = requires {
  { T::schema.name } -> std::convertible_to<std::string_view>;
  { T::schema.kind } -> std::convertible_to<schema_kind>;
  T::schema.fields;
};

template <class T>
concept event_type = has_schema<T> && T::schema.kind == schema_kind::event;

template <class T>
concept command_type = has_schema<T> && T::schema.kind == schema_kind::command;

template <class T>
concept snapshot_type = has_schema<T> && T::schema.kind == schema_kind::snapshot;

template <class T>
concept query_type = has_schema<T> && T::schema.kind == schema_kind::query&& requires {
  typename T::answer;
};

template <class T>
concept rejection_type = has_schema<T> && T::schema.kind == schema_kind::rejection;

} // namespace tusker
