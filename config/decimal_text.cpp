#include <tusker/config/decimal_text.hpp>

#include <array>
#include <charconv>

namespace tusker {

auto decimal_text(double number) -> std::string {
  std::array<char, 32> letters{};
  auto written = std::to_chars(letters.data(), letters.data() + letters.size(), number);
  std::string text(letters.data(), written.ptr);
  // TOML tells a decimal from a whole number by its point.
  return text.find_first_not_of("-0123456789") == std::string::npos ? text + ".0" : text;
}

} // namespace tusker
