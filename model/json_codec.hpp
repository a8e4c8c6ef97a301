#pragma once

#include <tusker/model/decode_context.hpp>
#include <tusker/model/enum_names.hpp>
#include <tusker/model/json_document.hpp>
#include <tusker/model/json_reader.hpp>
#include <tusker/model/json_writer.hpp>
#include <tusker/model/named_id.hpp>
#include <tusker/model/named_number.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/schema.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/uuid.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace tusker {

/// How a type is written as JSON and read back. Specialise it for types of your own that have no schema:
/// `write` puts exactly one value; `read` returns false after it has told the context what is wrong.
/// `read_plain` may be left out: it makes the same value of plain JSON, quicker, or refuses what it does not take. A
/// codec that uses others for the parts of its type names those: `using parts = std::tuple<…>`.
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
  static void read_plain(json_reader& in, bool& value) { value = in.boolean(); }
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
  static void read_plain(json_reader& in, T& value) {
    auto found = in.integer();
    if (!std::in_range<T>(found))
      return in.refuse();
    value = static_cast<T>(found);
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
  static void read_plain(json_reader& in, T& value) {
    auto found = in.integer();
    if (!std::in_range<T>(found))
      return in.refuse();
    value = static_cast<T>(found);
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
  static void read_plain(json_reader& in, T& value) {
    auto found = in.number();
    if (found < std::numeric_limits<T>::lowest() || found > std::numeric_limits<T>::max())
      return in.refuse();
    value = static_cast<T>(found);
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
  static void read_plain(json_reader& in, std::string& value) { value = in.text(); }
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
  static void read_plain(json_reader& in, timestamp& value) {
    auto time = parse_timestamp(in.text());
    time ? void(value = *time) : in.refuse();
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
  static void read_plain(json_reader& in, uuid& value) {
    auto id = parse_uuid(in.text());
    id ? void(value = *id) : in.refuse();
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
  static void read_plain(json_reader& in, named_id<Tag>& value) {
    uuid id;
    json_codec<uuid>::read_plain(in, id);
    value = named_id<Tag>(id);
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
  static void read_plain(json_reader& in, named_number<Tag, Rep>& value) {
    Rep number{};
    json_codec<Rep>::read_plain(in, number);
    value = named_number<Tag, Rep>(number);
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
  static void read_plain(json_reader& in, T& value) {
    auto found = in.text();
    for (const auto& [known, name] : enum_names<T>) {
      if (name == found) {
        value = known;
        return;
      }
    }
    in.refuse();
  }
};

/// An absent member or `null` is no value.
template <class T>
struct json_codec<std::optional<T>> {
  using parts = std::tuple<T>;

  static void write(json_writer& out, const std::optional<T>& value) {
    value ? json_codec<T>::write(out, *value) : out.null();
  }
  static auto read(const json_value& in, std::optional<T>& value, decode_context& context) -> bool {
    value.reset();
    return in.is_null() || json_codec<T>::read(in, value.emplace(), context);
  }
  static void read_plain(json_reader& in, std::optional<T>& value) {
    value.reset();
    if (!in.take_null())
      json_codec<T>::read_plain(in, value.emplace());
  }
};

template <class T>
struct json_codec<std::vector<T>> {
  using parts = std::tuple<T>;

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
  static void read_plain(json_reader& in, std::vector<T>& values) {
    values.clear();
    for (auto more = in.begin_array(); more; more = in.next_element()) {
      T value{};
      json_codec<T>::read_plain(in, value);
      values.push_back(std::move(value));
    }
  }
};

template <class T>
struct json_codec<std::map<std::string, T>> {
  using parts = std::tuple<T>;

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
  static void read_plain(json_reader& in, std::map<std::string, T>& values) {
    values.clear();
    for (auto more = in.begin_object(); more; more = in.next_member()) {
      auto [place, is_new] = values.try_emplace(std::string(in.key()));
      if (is_new)
        json_codec<T>::read_plain(in, place->second);
      else
        in.skip();
    }
  }
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class... Fields>
auto parts_of(const schema_declaration<Fields...>&) -> std::tuple<typename Fields::value...>;

/// Field by field, in the order of the schema. An optional without a value is left out.
template <has_schema T>
struct json_codec<T> {
  static_assert(has_distinct_fields(T::schema), "two fields of a schema have the same stored name");

  using parts = decltype(parts_of(T::schema));

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

  static void read_plain(json_reader& in, T& value) {
    found_fields found{};
    std::size_t at = 0;
    auto more = in.begin_object();
    // Members mostly stand in the order of the schema, in which they were written.
    auto next = [&](const auto& field) { more = read_plain_next(in, value, field, found[at++], more); };
    if constexpr (has_plain_names)
      std::apply([&](const auto&... fields) { (next(fields), ...); }, T::schema.fields);
    while (more)
      more = read_plain_any(in, value, found);
    if (!has_all(found))
      in.refuse();
  }

private:
  using found_fields = std::array<bool, std::tuple_size_v<parts>>;

  static constexpr bool has_plain_names =
      std::apply([](const auto&... fields) { return (is_plain_name(fields.name) && ...); }, T::schema.fields);

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

  /// The field, if it is the member here. Whether there is a member then.
  template <class Value>
  static auto read_plain_next(json_reader& in, T& value, const field_schema<T, Value>& field, bool& found,
                              bool more) -> bool {
    if (!more || !in.take_key(field.name))
      return more;
    found = true;
    json_codec<Value>::read_plain(in, value.*field.member);
    return in.next_member();
  }

  /// The member here, whichever it is: of those with the same name the first counts, and unknown ones are passed over.
  /// Whether there is another.
  static auto read_plain_any(json_reader& in, T& value, found_fields& found) -> bool {
    auto name = in.key();
    std::size_t at = 0;
    auto take = [&](const auto& field) {
      auto is_wanted = field.name == name && !std::exchange(found[at], true);
      ++at;
      if (is_wanted)
        json_codec<std::remove_reference_t<decltype(value.*field.member)>>::read_plain(in,
                                                                                       value.*field.member);
      return is_wanted;
    };
    if (!std::apply([&](const auto&... fields) { return (take(fields) || ...); }, T::schema.fields))
      in.skip();
    return in.next_member();
  }

  static auto has_all(const found_fields& found) -> bool {
    std::size_t at = 0;
    return std::apply(
        [&]<class... Value>(const field_schema<T, Value>&... /*fields*/) {
          return ((found[at++] || is_optional<Value>)&&...);
        },
        T::schema.fields);
  }
};

/// Whether values of `T` can be read from plain JSON: all codecs have `read_plain` that take part in it. `Outer` are
/// the types around it, since one may hold itself in an array.
template <class T, class... Outer>
[[nodiscard]] constexpr auto is_read_plain() -> bool {
  if constexpr ((std::is_same_v<T, Outer> || ...)) {
    return true;
  } else {
    constexpr auto reads = requires(json_reader & in, T & value) {
      json_codec<T>::read_plain(in, value);
    };
    if constexpr (reads && requires { typename json_codec<T>::parts; }) {
      return []<class... Parts>(std::type_identity<std::tuple<Parts...>>) {
        return (is_read_plain<Parts, T, Outer...>() && ...);
      }(std::type_identity<typename json_codec<T>::parts>());
    } else {
      return reads;
    }
  }
}

} // namespace tusker
