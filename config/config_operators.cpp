#include <tusker/config/config_operators.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker/config/duration_text.hpp>
#include <tusker/config/size_text.hpp>
#include <tusker/config/text_file.hpp>
#include <tusker/model/nearest_name.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tusker {

namespace {

using arguments = std::vector<config_expression>;

auto find_operator(std::string_view name) -> result<operator_facts> {
  std::vector<std::string> known;
  for (const auto& each : known_operators()) {
    if (each.name == name)
      return each;
    known.emplace_back("@" + std::string(each.name));
  }
  auto wanted = "@" + std::string(name);
  return fail(config_errc::unknown_name, "there is no operator '" + wanted + "'" + name_hint(wanted, known) +
                                             "; a text that begins with @ is written with @@");
}

auto check_arguments(const operator_facts& facts, const arguments& given) -> result<void> {
  if (given.size() >= facts.arguments_min && given.size() <= facts.arguments_max)
    return {};
  auto message = "expected " + std::string(facts.usage) + ", found " + std::to_string(given.size()) +
                 " argument" + (given.size() == 1 ? "" : "s");
  if (facts.name == "env.secure" && given.size() > 1)
    message += "; a secret has no default";
  return fail(config_errc::malformed, message);
}

/// What an inner value hands on to the one that is made of it.
auto as_made_of(config_value made, const config_value& inner) -> config_value {
  made.is_secret = made.is_secret || inner.is_secret;
  if (made.origin.empty())
    made.origin = inner.origin;
  return made;
}

auto text_of(const config_value& value, std::string_view usage) -> result<std::string> {
  if (const auto* text = std::get_if<std::string>(&value.content))
    return *text;
  return fail(config_errc::wrong_type, "expected a text as the argument of " + std::string(usage));
}

auto read_variable(const std::string& name, const operator_surroundings& around)
    -> std::optional<config_value> {
  auto found = around.environment(name);
  if (!found)
    return std::nullopt;
  return config_value{std::move(*found), true, false, "environment " + name};
}

/// Never says what `text` is when it is secret.
template <class Parsed, class Parse>
auto parse_text(const config_value& inner, std::string_view usage, bool is_for_secret, Parse parse)
    -> result<config_value> {
  if (std::holds_alternative<Parsed>(inner.content))
    return inner;
  auto text = text_of(inner, usage);
  if (!text)
    return fail(text.error());
  auto parsed = parse(*text);
  if (!parsed && (inner.is_secret || is_for_secret))
    return fail(config_errc::malformed, "the secret is not what " + std::string(usage) + " takes");
  if (!parsed)
    return fail(parsed.error());
  return as_made_of({Parsed{*parsed}}, inner);
}

auto resolve_env(const arguments& given, const std::string& name, const operator_surroundings& around)
    -> result<config_value> {
  if (auto found = read_variable(name, around))
    return *found;
  if (given.size() > 1) {
    return resolve(given[1], around).map([](config_value fallback) {
      // "8080" as a default is as good as the variable that it stands for.
      fallback.is_outside_text = true;
      return fallback;
    });
  }
  return fail(config_errc::missing, "environment variable " + name +
                                        " is not set; set it, or give a default: @env(\"" + name +
                                        "\", \"…\")");
}

auto resolve_secret(const std::string& name, const operator_surroundings& around) -> result<config_value> {
  auto found = read_variable(name, around);
  if (!found || std::get<std::string>(found->content).empty()) {
    return fail(config_errc::missing, "environment variable " + name + " is " +
                                          (found ? "empty" : "not set") + "; set it to the secret");
  }
  found->is_secret = true;
  return *found;
}

auto resolve_file(const std::string& name, const operator_surroundings& around) -> result<config_value> {
  auto text = read_text_file(around.folder / name, included_bytes_max);
  if (!text)
    return fail(text.error());
  // The newline that editors end a file with is none of its value.
  if (!text->empty() && text->back() == '\n')
    text->pop_back();
  return config_value{std::move(*text), true, false, "file " + name};
}

/// Of an operator whose first argument is resolved.
auto apply(const config_expression& expression, const operator_facts& facts, const config_value& first,
           const operator_surroundings& around) -> result<config_value> {
  if (facts.name == "duration")
    return parse_text<std::chrono::milliseconds>(first, facts.usage, around.is_for_secret, parse_duration);
  if (facts.name == "size") {
    return parse_text<byte_size>(first, facts.usage, around.is_for_secret, [](std::string_view text) {
      return parse_size(text).map([](std::uint64_t bytes) { return byte_size{bytes}; });
    });
  }
  auto name = text_of(first, facts.usage);
  if (!name)
    return fail(name.error());
  auto found = result<config_value>();
  if (facts.name == "env")
    found = resolve_env(expression.arguments, *name, around);
  else if (facts.name == "env.secure")
    found = resolve_secret(*name, around);
  else if (facts.name == "file")
    found = resolve_file(*name, around);
  else if (facts.name == "ref")
    found = around.refer(*name);
  else
    found = config_value{function_name{*name}};
  if (!first.is_secret)
    return found.map([&](config_value value) { return as_made_of(std::move(value), first); });
  // What was looked for is the secret, so neither an error nor an origin says it.
  if (!found)
    return fail(found.error().code(), "the secret is not what " + std::string(facts.usage) + " takes");
  found->origin = first.origin;
  found->is_secret = true;
  return found;
}

constexpr std::array<operator_facts, 8> operators{
    {{"env", R"(@env("NAME", "default"))", 1, 2,
      "The environment variable `NAME`; without it the default, and without one an error."},
     {"env.secure", R"(@env.secure("NAME"))", 1, 1,
      "The environment variable `NAME` as a secret, which is shown nowhere. It has no default, and only "
      "options that "
      "keep secrets take it."},
     {"go", R"(@go("events.ConfigureEventStore"))", 1, 1,
      "The function that the program registered under that name."},
     {"fn", R"(@fn("events.ConfigureEventStore"))", 1, 1, "The same as `@go`."},
     {"file", R"(@file("token.txt"))", 1, 1,
      "What the file holds, without its last newline, at most 64 KiB. Its path is relative to the config "
      "file."},
     {"duration", R"(@duration("250ms"))", 1, 1,
      "A time: numbers with the units d, h, m, s and ms. An option that is a time takes the text alone as "
      "well."},
     {"size", R"(@size("4MiB"))", 1, 1,
      "A number of bytes, with the unit B, KiB, MiB, GiB, TiB, kB, MB, GB or TB. An option that is a size "
      "takes the "
      "text alone as well."},
     {"ref", R"(@ref("section.key"))", 1, 1, "The value that another key of the file has."}}};

} // namespace

auto process_environment() -> environment_reader {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str()); // NOLINT(concurrency-mt-unsafe): nobody writes it.
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

auto process_variables(std::string_view prefix) -> std::vector<std::string> {
  std::vector<std::string> names;
  for (char** at = environ; at != nullptr && *at != nullptr; ++at) {
    auto entry = std::string_view(*at);
    if (entry.starts_with(prefix))
      names.emplace_back(entry.substr(0, entry.find('=')));
  }
  std::sort(names.begin(), names.end());
  return names;
}

auto known_operators() -> std::span<const operator_facts> {
  return operators;
}

// NOLINTNEXTLINE(misc-no-recursion): no deeper than operators_deep_max.
auto resolve(const config_expression& expression, const operator_surroundings& around)
    -> result<config_value> {
  if (!expression.is_operator)
    return config_value{expression.text};
  auto facts = find_operator(expression.text);
  if (!facts)
    return fail(facts.error());
  if (auto checked = check_arguments(*facts, expression.arguments); !checked)
    return fail(checked.error());
  return resolve(expression.arguments.front(), around).and_then([&](const config_value& first) {
    return apply(expression, *facts, first, around);
  });
}

} // namespace tusker
