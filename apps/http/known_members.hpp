#pragma once

#include <tusker/model/decode_context.hpp>
#include <tusker/model/json_document.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/schema.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace tusker {

/// Looks for members that are none of `T`'s: of a type without a schema nothing is known.
template <class T>
struct known_members {
  /// False after it has told the context which member is not known, and the nearest one that is.
  static auto check(const json_value& /*in*/, decode_context& /*context*/) -> bool { return true; }
};

template <has_schema T>
struct known_members<T> {
  static auto check(const json_value& in, decode_context& context) -> bool {
    return !in.is_object() ||
           in.for_each_child([&](const json_value& member) { return check_member(member, context); });
  }

private:
  static auto check_member(const json_value& member, decode_context& context) -> bool {
    auto is_known = false;
    auto is_right = true;
    auto look = [&]<class Value>(const field_schema<T, Value>& field) {
      if (field.name != member.key())
        return;
      is_known = true;
      decode_context::step into(context, field.name);
      is_right = known_members<Value>::check(member, context);
    };
    std::apply([&](const auto&... fields) { (look(fields), ...); }, T::schema.fields);
    return is_known ? is_right : refuse(member, context);
  }

  static auto refuse(const json_value& member, decode_context& context) -> bool {
    auto names = std::apply(
        [](const auto&... fields) { return std::vector<std::string>{std::string(fields.name)...}; },
        T::schema.fields);
    return context.fault("there is no member " + quoted(member.key()) + name_hint(member.key(), names));
  }
};

template <class T>
struct known_members<std::optional<T>> : known_members<T> {};

template <class T>
struct known_members<std::vector<T>> {
  static auto check(const json_value& in, decode_context& context) -> bool {
    std::size_t at = 0;
    return !in.is_array() || in.for_each_child([&](const json_value& element) {
      decode_context::step into(context, at++);
      return known_members<T>::check(element, context);
    });
  }
};

/// Its names are anybody's.
template <class T>
struct known_members<std::map<std::string, T>> {
  static auto check(const json_value& in, decode_context& context) -> bool {
    return !in.is_object() || in.for_each_child([&](const json_value& value) {
      decode_context::step into(context, value.key());
      return known_members<T>::check(value, context);
    });
  }
};

} // namespace tusker
