#include <tusker/config/option_value.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker/config/decimal_text.hpp>
#include <tusker/config/duration_text.hpp>
#include <tusker/config/size_text.hpp>
#include <tusker/model/nearest_name.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <vector>

namespace tusker {

namespace {

struct found_text {
  auto operator()(bool toggle) const -> std::string { return toggle ? "true" : "false"; }
  auto operator()(std::int64_t number) const -> std::string { return std::to_string(number); }
  auto operator()(double number) const -> std::string { return decimal_text(number); }
  auto operator()(const std::string& text) const -> std::string { return '"' + text + '"'; }
  auto operator()(std::chrono::milliseconds time) const -> std::string {
    return "the time " + duration_text(time);
  }
  auto operator()(byte_size size) const -> std::string { return "the size " + size_text(size.bytes); }
  auto operator()(const function_name& function) const -> std::string {
    return "the function '" + function.name + "'";
  }
};

auto wrong(config_errc code, const std::string& expected, const config_value& value)
    -> tl::unexpected<error> {
  if (value.is_secret) {
    return fail(config_errc::wrong_type,
                "expected " + expected +
                    ", and no secret, for it would be shown; use @env instead of @env.secure");
  }
  return fail(code, "expected " + expected + ", found " + std::visit(found_text(), value.content));
}

auto outside_text(const config_value& value) -> const std::string* {
  return value.is_outside_text && !value.is_secret ? std::get_if<std::string>(&value.content) : nullptr;
}

template <class Number>
auto number_in(std::string_view text) -> std::optional<Number> {
  Number number{};
  const auto* end = text.data() + text.size();
  auto [at, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || at != end || text.empty())
    return std::nullopt;
  return number;
}

/// The whole number that it is; none for what is no number, or less than 0.
auto whole_number_in(const config_value& value) -> std::optional<std::uint64_t> {
  if (value.is_secret)
    return std::nullopt;
  if (const auto* text = outside_text(value))
    return number_in<std::uint64_t>(*text);
  const auto* number = std::get_if<std::int64_t>(&value.content);
  return number != nullptr && *number >= 0 ? std::optional(static_cast<std::uint64_t>(*number))
                                           : std::nullopt;
}

template <class Value>
auto is_within(Value value, limits_of<Value> limits) -> bool {
  return value >= limits.least && value <= limits.most;
}

auto is_number(const config_value& value) -> bool {
  return std::holds_alternative<std::int64_t>(value.content);
}

auto expected_bytes(limits_of<std::uint64_t> limits) -> std::string {
  return "a size from " + size_text(limits.least) + " to " + size_text(limits.most);
}

auto expected_time(limits_of<std::chrono::milliseconds> limits) -> std::string {
  return "a time from \"" + duration_text(limits.least) + "\" to \"" + duration_text(limits.most) + "\"";
}

/// The time that it is. Errors: `config_errc::malformed`, `wrong_type`.
auto time_in(const config_value& value, const std::string& expected) -> result<std::chrono::milliseconds> {
  if (value.is_secret)
    return wrong(config_errc::wrong_type, expected, value);
  if (const auto* time = std::get_if<std::chrono::milliseconds>(&value.content))
    return *time;
  if (const auto* text = outside_text(value))
    if (auto number = number_in<std::uint32_t>(*text))
      return std::chrono::milliseconds(*number);
  if (const auto* text = std::get_if<std::string>(&value.content))
    return parse_duration(*text);
  if (const auto* number = std::get_if<std::int64_t>(&value.content)) {
    return fail(config_errc::wrong_type, "expected " + expected + ", found " + std::to_string(*number) +
                                             "; did you mean \"" + std::to_string(*number) + "ms\"?");
  }
  return wrong(config_errc::wrong_type, expected, value);
}

} // namespace

auto read_toggle(const config_value& value) -> result<bool> {
  if (const auto* toggle = std::get_if<bool>(&value.content); toggle != nullptr && !value.is_secret)
    return *toggle;
  if (const auto* text = outside_text(value); text != nullptr && (*text == "true" || *text == "false"))
    return *text == "true";
  return wrong(config_errc::wrong_type, "true or false", value);
}

auto read_count(const config_value& value, limits_of<std::uint64_t> limits) -> result<std::uint64_t> {
  auto number = whole_number_in(value);
  if (number && is_within(*number, limits))
    return *number;
  auto code = number || is_number(value) ? config_errc::out_of_range : config_errc::wrong_type;
  return wrong(code,
               "a whole number from " + std::to_string(limits.least) + " to " + std::to_string(limits.most),
               value);
}

auto read_bytes(const config_value& value, limits_of<std::uint64_t> limits) -> result<std::uint64_t> {
  if (value.is_secret)
    return wrong(config_errc::wrong_type, expected_bytes(limits), value);
  auto bytes = whole_number_in(value);
  if (const auto* size = std::get_if<byte_size>(&value.content))
    bytes = size->bytes;
  if (const auto* text = std::get_if<std::string>(&value.content); text != nullptr && !bytes) {
    auto parsed = parse_size(*text);
    if (!parsed)
      return parsed;
    bytes = *parsed;
  }
  if (bytes && is_within(*bytes, limits))
    return *bytes;
  auto code = bytes || is_number(value) ? config_errc::out_of_range : config_errc::wrong_type;
  return wrong(code, expected_bytes(limits), value);
}

auto read_share(const config_value& value, limits_of<double> limits) -> result<double> {
  auto number = std::optional<double>();
  if (const auto* text = outside_text(value))
    number = number_in<double>(*text);
  if (const auto* given = std::get_if<double>(&value.content); given != nullptr && !value.is_secret)
    number = *given;
  if (const auto* given = std::get_if<std::int64_t>(&value.content); given != nullptr && !value.is_secret)
    number = static_cast<double>(*given);
  if (number && is_within(*number, limits))
    return *number;
  auto expected = "a number from " + decimal_text(limits.least) + " to " + decimal_text(limits.most);
  return wrong(number ? config_errc::out_of_range : config_errc::wrong_type, expected, value);
}

auto read_time(const config_value& value, limits_of<std::chrono::milliseconds> limits,
               std::chrono::milliseconds unit) -> result<std::chrono::milliseconds> {
  auto expected = expected_time(limits);
  auto time = time_in(value, expected);
  if (!time)
    return time;
  if (!is_within(*time, limits))
    return wrong(config_errc::out_of_range, expected, value);
  if (time->count() % unit.count() != 0) {
    return wrong(config_errc::out_of_range, expected + " that is a multiple of " + duration_text(unit),
                 value);
  }
  return *time;
}

auto read_text(const config_value& value) -> result<std::string> {
  const auto* text = std::get_if<std::string>(&value.content);
  if (text != nullptr && !value.is_secret)
    return *text;
  return wrong(config_errc::wrong_type, "a text in quotes", value);
}

auto read_secret(const config_value& value) -> result<secret> {
  if (const auto* text = std::get_if<std::string>(&value.content)) {
    // Nobody means a variable that nobody filled in: with no token everybody would be let in.
    if (text->empty() && !value.origin.empty())
      return fail(config_errc::missing, "expected a secret, and " + value.origin +
                                            " is empty; set it to the secret, or take it away");
    if (!is_token(*text))
      return fail(config_errc::malformed,
                  "expected a secret of visible ASCII letters, as a header carries it");
    return secret(*text);
  }
  // What was found may be the secret all the same: a token of digits.
  return fail(config_errc::wrong_type, "expected a secret, such as '@env.secure(\"NAME\")'");
}

auto read_choice(const config_value& value, std::span<const std::string> names) -> result<std::size_t> {
  const auto* text = std::get_if<std::string>(&value.content);
  if (text != nullptr && !value.is_secret) {
    auto found = std::find(names.begin(), names.end(), *text);
    if (found != names.end())
      return static_cast<std::size_t>(found - names.begin());
    return fail(config_errc::unknown_name, "there is no choice '" + *text + "'" + name_hint(*text, names));
  }
  std::string expected;
  for (const auto& name : names)
    expected += (expected.empty() ? "" : ", ") + toml_text(name);
  return wrong(config_errc::wrong_type, "one of " + expected, value);
}

auto read_function(const config_value& value) -> result<std::string> {
  if (const auto* function = std::get_if<function_name>(&value.content);
      function != nullptr && !value.is_secret)
    return function->name;
  if (const auto* text = outside_text(value))
    return *text;
  if (const auto* text = std::get_if<std::string>(&value.content); text != nullptr && !value.is_secret) {
    return fail(config_errc::wrong_type, "expected a function; did you mean '@go(\"" + *text + "\")'?");
  }
  return wrong(config_errc::wrong_type, "a function, such as '@go(\"events.ConfigureEventStore\")'", value);
}

auto toml_text(std::string_view text) -> std::string {
  auto is_plain = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != '"' && c != '\\' && c != '\x7f';
  });
  if (is_plain)
    return '"' + std::string(text) + '"';
  std::string quoted = "\"";
  for (char c : text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      quoted += std::string("\\") + c;
    else if (byte < ' ' || c == '\x7f')
      quoted += std::string("\\u00") + digits[byte >> 4U] + digits[byte & 15U];
    else
      quoted += c;
  }
  return quoted + '"';
}

} // namespace tusker
