#include <tusker/cli/number_text.hpp>

#include <array>
#include <charconv>
#include <cmath>

namespace tusker::cli {

namespace {

/// Puts a comma before every third digit from the right.
auto with_groups(std::string digits) -> std::string {
  for (auto at = digits.size(); at > 3; at -= 3)
    digits.insert(at - 3, 1, ',');
  return digits;
}

} // namespace

auto grouped(std::uint64_t number) -> std::string {
  return with_groups(std::to_string(number));
}

auto money_text(std::int64_t cents) -> std::string {
  // Negated as unsigned, because the least of all 64-bit integers has no counterpart.
  auto amount =
      cents < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(cents) : static_cast<std::uint64_t>(cents);
  auto rest = std::to_string(amount % 100);
  return (cents < 0 ? "-" : "") + grouped(amount / 100) + (rest.size() < 2 ? ".0" : ".") + rest;
}

auto fixed(double number, int digits) -> std::string {
  std::array<char, 64> text{};
  auto [end, failed] = std::to_chars(text.data(), text.data() + text.size(), std::abs(number),
                                     std::chars_format::fixed, digits);
  if (failed != std::errc() || !std::isfinite(number))
    return "?";
  auto all = std::string(text.data(), end);
  auto whole = all.find('.');
  auto fraction = whole == std::string::npos ? std::string() : all.substr(whole);
  return (number < 0 ? "-" : "") + with_groups(all.substr(0, whole)) + fraction;
}

} // namespace tusker::cli
