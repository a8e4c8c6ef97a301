#include <tusker/model/key_range.hpp>

namespace tusker {

auto after_prefix(std::string_view prefix) -> std::optional<std::string> {
  constexpr auto greatest = '\xFF';
  while (prefix.ends_with(greatest))
    prefix.remove_suffix(1);
  if (prefix.empty())
    return std::nullopt;
  auto next = std::string(prefix);
  next.back() = static_cast<char>(static_cast<unsigned char>(next.back()) + 1);
  return next;
}

auto key_range::of_prefix(std::string_view prefix) -> key_range {
  return {std::string(prefix), after_prefix(prefix)};
}

auto key_range::of_key(std::string_view key) -> key_range {
  return {std::string(key), std::string(key).append(1, '\0')};
}

} // namespace tusker
