#pragma once

#include <tusker/model/decode_context.hpp>
#include <tusker/model/enum_names.hpp>
#include <tusker/model/json_document.hpp>
#include <tusker/model/json_writer.hpp>
#include <tusker/model/named_id.hpp>
#include <tusker/model/named_number.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/schema.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/uuid.hpp>

#include <concepts>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace tusker {

/// How a type is written as JSON and read back. Specialise it for types of your own that have no schema:
/// `write` puts exactly one value; `read` returns false after it has told the context what is wrong.
template <class T>
struct json_codec;

template <>
struct json_codec<bool> {
  static void write(json_writer& out, bool value) { out.boolean(value); }
  static auto read(const json_value& in, bool& value, decode_context& context) -> bool {
    auto found = in.boolean();
    if (!found)
      return context.mismatch("a boolean", in);
    value = *found;
    return true;
  }
};

template <std::signed_integral T>
struct json_codec<T> {
  static void write(json_writer& out, T value) { out.integer(value); }
  static auto read(const json_value& in, T& value, decode_context& context) -> bool {
    auto found = in.integer();
    if (!found && in.unsigned_integer())
      return context.fault("the integer " + std::to_string(*in.unsigned_integer()) + " is out of range");
    if (!found)
      return context.mismatch("an integer", in);
    if (!std::in_range<T>(*found))
      return context.fault("the integer " + std::to_string(*found) + " is out of range");
    value = static_cast<T>(*found);
    return true;
  }
};

template <std::unsigned_integral T>
struct json_codec<T> {
  static void write(json_writer& out, T value) { out.unsigned_integer(value); }
  static auto read(const json_value& in, T& value, decode_context& context) -> bool {
    auto found = in.unsigned_integer();
    if (!found && in.integer())
      return context.fault("the integer " + std::to_string(*in.integer()) + " is out of range");
    if (!found)
      return context.mismatch("an integer of at least 0", in);
    if (!std::in_range<T>(*found))
      return context.fault("the integer " + std::to_string(*found) + " is out of range");
    value = static_cast<T>(*found);
    return true;
  }
};

template <std::floating_point T>
struct json_codec<T> {
  static void write(json_writer& out, T value) { out.number(static_cast<double>(value)); }
  static auto read(const json_value& in, T& value, decode_context& context) -> bool {
    auto found = in.number();
    if (!found)
      return context.mismatch("a number", in);
    if (*found < std::numeric_limits<T>::lowest() || *found > std::numeric_limits<T>::max())
      return context.fault("the number is out of range");
    value = static_cast<T>(*found);
    return true;
  }
};

template <>
struct json_codec<std::string> {
  static void write(json_writer& out, const std::string& value) { out.text(value); }
  static auto read(const json_value& in, std::string& value, decode_context& context) -> bool {
    const auto* found = in.text();
    if (found == nullptr)
      return context.mismatch("a text", in);
    value = *found;
    return true;
  }
};

/// RFC 3339 in UTC. A time that `parse_timestamp` could not read back cannot be written.
template <>
struct json_codec<timestamp> {
  static void write(json_writer& out, timestamp value) {
    if (value < timestamp_min || value > timestamp_max)
      return out.refuse("the time is outside the years 0000 to 9999");
    out.text(to_string(value));
  }
  static auto read(const json_value& in, timestamp& value, decode_context& context) -> bool {
    const auto* found = in.text();
    if (found == nullptr)
      return context.mismatch("a time", in);
    auto time = parse_timestamp(*found);
    if (!time)
      return context.fault(time.error().message());
    value = *time;
    return true;
  }
};

template <>
struct json_codec<uuid> {
  static void write(json_writer& out, const uuid& value) { out.text(to_string(value)); }
  static auto read(const json_value& in, uuid& value, decode_context& context) -> bool {
    const auto* found = in.text();
    if (found == nullptr)
      return context.mismatch("a UUID", in);
    auto id = parse_uuid(*found);
    if (!id)
      return context.fault(id.error().message());
    value = *id;
    return true;
  }
};

template <class Tag>
struct json_codec<named_id<Tag>> {
  static void write(json_writer& out, const named_id<Tag>& value) {
    json_codec<uuid>::write(out, value.value());
  }
  static auto read(const json_value& in, named_id<Tag>& value, decode_context& context) -> bool {
    uuid id;
    if (!json_codec<uuid>::read(in, id, context))
      return false;
    value = named_id<Tag>(id);
    return true;
  }
};

template <class Tag, class Rep>
struct json_codec<named_number<Tag, Rep>> {
  static void write(json_writer& out, named_number<Tag, Rep> value) {
    json_codec<Rep>::write(out, value.value());
  }
  static auto read(const json_value& in, named_number<Tag, Rep>& value, decode_context& context) -> bool {
    Rep number{};
    if (!json_codec<Rep>::read(in, number, context))
      return false;
    value = named_number<Tag, Rep>(number);
    return true;
  }
};

/// By name. A value without a declared name cannot be written.
template <named_enum T>
struct json_codec<T> {
  static void write(json_writer& out, T value) {
    auto name = name_of(value);
    name.empty() ? out.refuse("the enum's value has no name") : out.text(name);
  }
  static auto read(const json_value& in, T& value, decode_context& context) -> bool {
    const auto* found = in.text();
    if (found == nullptr)
      return context.mismatch("a name", in);
    for (const auto& [known, name] : enum_names<T>) {
      if (name == *found) {
        value = known;
        return true;
      }
    }
    return context.fault(tusker::quoted(*found) + " is not one of its names");
  }
};

/// An absent member or `null` is no value.
template <class T>
struct json_codec<std::optional<T>> {
  static void write(json_writer& out, const std::optional<T>& value) {
    value ? json_codec<T>::write(out, *value) : out.null();
  }
  static auto read(const json_value& in, std::optional<T>& value, decode_context& context) -> bool {
    value.reset();
    return in.is_null() || json_codec<T>::read(in, value.emplace(), context);
  }
};

template <class T>
struct json_codec<std::vector<T>> {
  static void write(json_writer& out, const std::vector<T>& values) {
    out.begin_array();
    for (const auto& value : values)
      json_codec<T>::write(out, value);
    out.end_array();
  }
  static auto read(const json_value& in, std::vector<T>& values, decode_context& context) -> bool {
    if (!in.is_array())
      return context.mismatch("an array", in);
    values.clear();
    return in.for_each_child([&](const json_value& element) {
      decode_context::step into(context, values.size());
      T value{};
      if (!json_codec<T>::read(element, value, context))
        return false;
      values.push_back(std::move(value));
      return true;
    });
  }
};

template <class T>
struct json_codec<std::map<std::string, T>> {
  static void write(json_writer& out, const std::map<std::string, T>& values) {
    out.begin_object();
    for (const auto& [name, value] : values) {
      out.key(name);
      json_codec<T>::write(out, value);
    }
    out.end_object();
  }
  static auto read(const json_value& in, std::map<std::string, T>& values, decode_context& context) -> bool {
    if (!in.is_object())
      return context.mismatch("an object", in);
    values.clear();
    for (const auto& member : in.children()) {
      decode_context::step into(context, member.key());
      auto [place, is_new] = values.try_emplace(std::string(member.key()));
      // Of members with the same name the first counts, as everywhere.
      if (is_new && !json_codec<T>::read(member, place->second, context))
        return false;
    }
    return true;
  }
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// Field by field, in the order of the schema. An optional without a value is left out.
template <has_schema T>
struct json_codec<T> {
  static_assert(has_distinct_fields(T::schema), "two fields of a schema have the same stored name");

  static void write(json_writer& out, const T& value) {
    out.begin_object();
    std::apply([&](const auto&... fields) { (write_field(out, value, fields), ...); }, T::schema.fields);
    out.end_object();
  }

  static auto read(const json_value& in, T& value, decode_context& context) -> bool {
    if (!in.is_object())
      return context.mismatch("an object", in);
    json_members members(in);
    return std::apply(
        [&](const auto&... fields) { return (read_field(in, members, value, fields, context) && ...); },
        T::schema.fields);
  }

private:
  template <class Value>
  static void write_field(json_writer& out, const T& value, const field_schema<T, Value>& field) {
    const auto& member = value.*field.member;
    if constexpr (is_optional<Value>)
      if (!member)
        return;
    out.key(field.name);
    json_codec<Value>::write(out, member);
  }

  template <class Value>
  static auto read_field(const json_value& in, json_members& members, T& value,
                         const field_schema<T, Value>& field, decode_context& context) -> bool {
    auto found = members.find(field.name);
    if (!found)
      return is_optional<Value> || context.missing(field.name, in);
    decode_context::step into(context, field.name);
    return json_codec<Value>::read(*found, value.*field.member, context);
  }
};

} // namespace tusker
