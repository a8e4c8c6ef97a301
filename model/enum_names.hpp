#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tusker {

/// The stored names of an enum's values; none by default. Declare them next to the enum:
/// `template <> inline constexpr auto tusker::enum_names<colour> = tusker::names<colour>({{colour::red, "red"}, …});`
template <class Enum>
inline constexpr auto enum_names = nullptr;

template <class Enum, std::size_t Count>
[[nodiscard]] constexpr auto names(const std::pair<Enum, std::string_view> (&pairs)[Count]) {
  return std::to_array(pairs);
}

/// An enum whose values have stored names.
template <class T>
concept named_enum = std::is_enum_v<T> && requires {
  enum_names<T>.size();
};

/// The stored name of `value`; empty when it has none.
template <named_enum Enum>
[[nodiscard]] constexpr auto name_of(Enum value) -> std::string_view {
  for (const auto& [known, name] : enum_names<Enum>)
    if (known == value)
      return name;
  return {};
}

} // namespace tusker
