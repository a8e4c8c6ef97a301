#pragma once

#include <tusker/model/enum_names.hpp>
#include <tusker/model/named_id.hpp>
#include <tusker/model/named_number.hpp>
#include <tusker/model/ordered_key.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/uuid.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>

namespace tusker {

/// How a value becomes one part of an `ordered_key`. Specialise it for types of your own: `write` puts the same kinds
/// of parts for each value.
template <class T>
struct key_codec;

template <>
struct key_codec<bool> {
  static void write(ordered_key& to, bool value, key_order order) { to.flag(value, order); }
};

template <std::signed_integral T>
struct key_codec<T> {
  static void write(ordered_key& to, T value, key_order order) { to.integer(value, order); }
};

template <std::unsigned_integral T>
struct key_codec<T> {
  static void write(ordered_key& to, T value, key_order order) { to.natural(value, order); }
};

template <>
struct key_codec<std::string> {
  static void write(ordered_key& to, const std::string& value, key_order order) { to.text(value, order); }
};

template <>
struct key_codec<timestamp> {
  static void write(ordered_key& to, timestamp value, key_order order) { to.time(value, order); }
};

template <>
struct key_codec<uuid> {
  static void write(ordered_key& to, const uuid& value, key_order order) { to.id(value, order); }
};

template <class Tag>
struct key_codec<named_id<Tag>> {
  static void write(ordered_key& to, const named_id<Tag>& value, key_order order) {
    to.id(value.value(), order);
  }
};

template <class Tag, class Rep>
struct key_codec<named_number<Tag, Rep>> {
  static void write(ordered_key& to, named_number<Tag, Rep> value, key_order order) {
    to.natural(value.value(), order);
  }
};

/// By name, as it is stored: values stand in the order of their names, not of the enum.
template <named_enum T>
struct key_codec<T> {
  static void write(ordered_key& to, T value, key_order order) { to.text(name_of(value), order); }
};

/// No value stands before all values.
template <class T>
struct key_codec<std::optional<T>> {
  static void write(ordered_key& to, const std::optional<T>& value, key_order order) {
    to.flag(value.has_value(), order);
    if (value)
      key_codec<T>::write(to, *value, order);
  }
};

/// A type whose values can stand in keys.
template <class T>
concept key_value = requires(ordered_key& to, const T& value) {
  key_codec<T>::write(to, value, key_order::ascending);
};

} // namespace tusker
