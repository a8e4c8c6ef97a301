#pragma once

#include <tusker/model/codec.hpp>
#include <tusker/model/encoded_message.hpp>
#include <tusker/model/message_type.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/result.hpp>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tusker {

template <class T, class Variant>
inline constexpr bool is_alternative_of = false;
template <class T, class... Types>
inline constexpr bool is_alternative_of<T, std::variant<Types...>> = (std::is_same_v<T, Types> || ...);

/// Whether all names differ, and none is empty or longer than a journal stores (255 bytes).
[[nodiscard]] constexpr auto are_distinct_names(std::initializer_list<std::string_view> names) -> bool {
  for (const auto* name = names.begin(); name != names.end(); ++name) {
    if (name->empty() || name->size() > 255)
      return false;
    for (const auto* other = name + 1; other != names.end(); ++other)
      if (*name == *other)
        return false;
  }
  return true;
}

template <class Variant>
struct alternatives;

/// The set of message types that a variant stands for, found by their declared names.
template <class... Types>
struct alternatives<std::variant<Types...>> {
  using variant = std::variant<Types...>;

  static_assert(
      are_distinct_names({std::string_view(Types::schema.name)...}),
      "the schemas of a variant's types need names that differ, of 1 to 255 bytes: two under one name "
      "would be stored as one type and read back as another");

  [[nodiscard]] static auto names() -> std::vector<std::string> {
    return {std::string(Types::schema.name)...};
  }

  [[nodiscard]] static auto types() -> std::vector<message_type> {
    return {message_type{std::string(Types::schema.name), Types::schema.version}...};
  }

  /// Reads the alternative that `message` names; none when no alternative has that name and version. Errors: the
  /// codec's.
  [[nodiscard]] static auto decode_declared(const encoded_message& message)
      -> std::optional<result<variant>> {
    std::optional<result<variant>> found;
    (try_alternative<Types>(message, found) || ...);
    return found;
  }

  /// Reads the alternative that `message` names. Errors: `unknown`, with the nearest name;
  /// `model_errc::unsupported_schema_version`; the codec's.
  [[nodiscard]] static auto decode(const encoded_message& message, model_errc unknown) -> result<variant> {
    if (auto found = decode_declared(message))
      return std::move(*found);
    return fail(undeclared_error({message.type, message.version}, types(), unknown));
  }

  /// Errors: `model_errc::not_encodable`.
  [[nodiscard]] static auto encode(const variant& value) -> result<encoded_message> {
    return std::visit([](const auto& alternative) { return encode_message(alternative); }, value);
  }

private:
  template <class T>
  static auto try_alternative(const encoded_message& message, std::optional<result<variant>>& found) -> bool {
    if (message.type != T::schema.name || message.version != T::schema.version)
      return false;
    // In its place at once: a value is moved no more often than it has to be.
    auto& made = found.emplace(tl::in_place, std::in_place_type<T>);
    if (auto decoded = decode_into(message.json, *std::get_if<T>(&*made)); !decoded)
      made = fail(decoded.error());
    return true;
  }
};

} // namespace tusker
