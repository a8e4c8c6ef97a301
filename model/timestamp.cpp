#include <tusker/model/timestamp.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/quoted_text.hpp>

#include <charconv>
#include <cstdio>
#include <optional>

namespace tusker {

namespace {

/// Takes exactly `digits` decimal digits off the front of `text`.
auto take_number(std::string_view& text, std::size_t digits) -> std::optional<int> {
  if (text.size() < digits || text.front() == '-')
    return std::nullopt;
  int number = 0;
  auto [end, failed] = std::from_chars(text.data(), text.data() + digits, number);
  if (failed != std::errc{} || end != text.data() + digits)
    return std::nullopt;
  text.remove_prefix(digits);
  return number;
}

auto take_char(std::string_view& text, char wanted) -> bool {
  if (text.empty() || text.front() != wanted)
    return false;
  text.remove_prefix(1);
  return true;
}

auto take_date(std::string_view& text) -> std::optional<std::chrono::sys_days> {
  auto year = take_number(text, 4);
  if (!year || !take_char(text, '-'))
    return std::nullopt;
  auto month = take_number(text, 2);
  if (!month || !take_char(text, '-'))
    return std::nullopt;
  auto day = take_number(text, 2);
  if (!day)
    return std::nullopt;
  auto date = std::chrono::year{*year} / *month / *day;
  if (!date.ok())
    return std::nullopt;
  return std::chrono::sys_days{date};
}

/// `.5` is 500,000 microseconds; no dot is none.
auto take_fraction(std::string_view& text) -> std::optional<int> {
  if (!take_char(text, '.'))
    return 0;
  auto digits = text.find_first_not_of("0123456789");
  if (digits == 0 || digits > 6)
    return std::nullopt;
  auto fraction = take_number(text, digits);
  for (auto missing = digits; fraction && missing < 6; ++missing)
    *fraction *= 10;
  return fraction;
}

auto take_time(std::string_view& text) -> std::optional<std::chrono::microseconds> {
  auto hours = take_number(text, 2);
  if (!hours || !take_char(text, ':'))
    return std::nullopt;
  auto minutes = take_number(text, 2);
  if (!minutes || !take_char(text, ':'))
    return std::nullopt;
  auto seconds = take_number(text, 2);
  auto fraction = take_fraction(text);
  if (!seconds || !fraction || *hours > 23 || *minutes > 59 || *seconds > 59)
    return std::nullopt;
  return std::chrono::hours{*hours} + std::chrono::minutes{*minutes} + std::chrono::seconds{*seconds} +
         std::chrono::microseconds{*fraction};
}

auto take_timestamp(std::string_view text) -> std::optional<timestamp> {
  auto date = take_date(text);
  if (!date)
    return std::nullopt;
  if (text.empty())
    return timestamp{*date};
  if (!take_char(text, 'T'))
    return std::nullopt;
  auto time = take_time(text);
  if (!time || text != "Z")
    return std::nullopt;
  return timestamp{*date} + *time;
}

} // namespace

auto to_string(timestamp time) -> std::string {
  // By division: the first day of all begins before the first time that can be counted.
  auto since_epoch = time.time_since_epoch();
  auto day = std::chrono::floor<std::chrono::days>(since_epoch);
  auto in_day = since_epoch % std::chrono::days(1);
  if (in_day.count() < 0)
    in_day += std::chrono::days(1);
  auto date = std::chrono::year_month_day{std::chrono::sys_days(day)};
  auto clock = std::chrono::hh_mm_ss{in_day};
  auto text = std::string(40, '\0');
  auto length = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

auto parse_timestamp(std::string_view text) -> result<timestamp> {
  if (auto time = take_timestamp(text))
    return *time;
  return fail(model_errc::malformed_time,
              tusker::quoted(text) + " is not a time like 2026-11-23T09:30:00Z or a date like 2026-11-23");
}

} // namespace tusker
