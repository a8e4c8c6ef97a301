#include <tusker/config/duration_text.hpp>

#include <tusker/config/config_errc.hpp>

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <system_error>

namespace tusker {

namespace {

struct time_unit {
  std::string_view name;
  std::int64_t ms;
};

constexpr std::int64_t second = 1'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

/// The largest first.
constexpr std::array<time_unit, 5> units{{{"d", day}, {"h", hour}, {"m", minute}, {"s", second}, {"ms", 1}}};

auto no_time(std::string_view text) -> tl::unexpected<error> {
  return fail(config_errc::malformed,
              "expected a time with its unit, such as \"250ms\", \"5s\" or \"1h30m\" (d, h, "
              "m, s, ms), found \"" +
                  std::string(text) + "\"");
}

/// Takes a number off the front; none when there is no number, or a larger one than fits.
auto take_number(std::string_view& rest) -> std::optional<std::int64_t> {
  std::int64_t value = 0;
  auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  if (failure != std::errc() || rest.front() == '-')
    return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return value;
}

} // namespace

auto parse_duration(std::string_view text) -> result<std::chrono::milliseconds> {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  auto rest = text;
  std::int64_t sum = 0;
  std::size_t next_unit = 0;
  do {
    auto number = rest.empty() ? std::nullopt : take_number(rest);
    if (!number)
      return no_time(text);
    auto letters = rest.substr(0, rest.find_first_of("0123456789"));
    while (next_unit < units.size() && units.at(next_unit).name != letters)
      ++next_unit;
    if (next_unit == units.size())
      return no_time(text);
    auto unit = units.at(next_unit++).ms;
    if (*number > (most - sum) / unit)
      return no_time(text);
    sum += *number * unit;
    rest.remove_prefix(letters.size());
  } while (!rest.empty());
  return std::chrono::milliseconds(sum);
}

auto duration_text(std::chrono::milliseconds time) -> std::string {
  if (time.count() <= 0)
    return "0ms";
  std::string text;
  auto left = time.count();
  for (const auto& unit : units) {
    if (left >= unit.ms)
      text += std::to_string(left / unit.ms) + std::string(unit.name);
    left %= unit.ms;
  }
  return text;
}

} // namespace tusker
