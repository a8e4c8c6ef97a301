#pragma once

#include <tusker/config/decimal_text.hpp>
#include <tusker/config/duration_text.hpp>
#include <tusker/config/option_catalogue.hpp>
#include <tusker/config/option_value.hpp>
#include <tusker/config/secret.hpp>
#include <tusker/config/size_text.hpp>
#include <tusker/model/enum_names.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tusker {

/// The names of an enum's values, in their order.
template <named_enum Enum>
[[nodiscard]] auto choices_of() -> std::vector<std::string> {
  std::vector<std::string> names;
  names.reserve(enum_names<Enum>.size());
  for (const auto& [value, name] : enum_names<Enum>)
    names.emplace_back(name);
  return names;
}

/// Declares options of one section that stand in one struct, `Sub`, of a `Root`. `Access` is a member of `Sub`, or a
/// function from `Sub&` to the value that is meant. What an option is without a config is what the struct says.
///
///   option_group<program_config, journal_options> journal(catalogue, "event_store", journal_of);
///   journal.count("readers_max", &journal_options::readers_max, {8, 65'536}, "Read transactions at one time.");
template <class Root, class Sub>
class option_group {
public:
  using option = bound_option<Root>;

  /// `sub` finds the struct in a root.
  option_group(option_catalogue<Root>& catalogue, std::string section, Sub& (*sub)(Root&))
      : catalogue_(catalogue), section_(std::move(section)), sub_(sub) {}

  template <class Access>
  auto toggle(std::string key, Access access, std::string doc) -> option& {
    return add(
        {section_, std::move(key), "true or false", "", "", std::move(doc)}, access,
        [](const config_value& value, bool& to) {
          return read_toggle(value).map([&](bool read) { to = read; });
        },
        [](bool value) { return std::string(value ? "true" : "false"); });
  }

  /// A number of things; a `named_number` as well.
  template <class Access>
  auto count(std::string key, Access access, limits_of<std::uint64_t> limits, std::string doc) -> option& {
    auto text = "from " + std::to_string(limits.least) + " to " + std::to_string(limits.most);
    auto& made = add_number(
        {section_, std::move(key), "whole number", std::move(text), "", std::move(doc)}, access,
        [limits](const config_value& value) { return read_count(value, limits); },
        [](std::uint64_t value) { return std::to_string(value); });
    return made;
  }

  /// A number of bytes.
  template <class Access>
  auto bytes(std::string key, Access access, limits_of<std::uint64_t> limits, std::string doc) -> option& {
    auto text = "from " + size_text(limits.least) + " to " + size_text(limits.most);
    return add_number(
        {section_, std::move(key), "size", std::move(text), "", std::move(doc)}, access,
        [limits](const config_value& value) { return read_bytes(value, limits); },
        [](std::uint64_t value) { return toml_text(size_text(value)); });
  }

  /// A number with a point.
  template <class Access>
  auto share(std::string key, Access access, limits_of<double> limits, std::string doc) -> option& {
    auto text = "from " + decimal_text(limits.least) + " to " + decimal_text(limits.most);
    return add(
        {section_, std::move(key), "number", std::move(text), "", std::move(doc)}, access,
        [limits](const config_value& value, double& to) {
          return read_share(value, limits).map([&](double read) { to = read; });
        },
        [](double value) { return decimal_text(value); });
  }

  /// A time, in milliseconds or in whole units of its own.
  template <class Access>
  auto time(std::string key, Access access, limits_of<std::chrono::milliseconds> limits, std::string doc)
      -> option& {
    using Time = value_of<Access>;
    auto text = "from " + duration_text(limits.least) + " to " + duration_text(limits.most);
    auto& made = add(
        {section_, std::move(key), "time", std::move(text), "", std::move(doc)}, access,
        [limits](const config_value& value, Time& to) {
          return read_time(value, limits, Time(1)).map([&](std::chrono::milliseconds read) {
            to = std::chrono::duration_cast<Time>(read);
          });
        },
        [](Time value) { return toml_text(duration_text(value)); });
    made.amount = [access, sub = sub_](Root& from) {
      std::chrono::milliseconds value = std::invoke(access, sub(from));
      return static_cast<std::uint64_t>(value.count());
    };
    return made;
  }

  /// A text or a path.
  template <class Access>
  auto text(std::string key, Access access, std::string type, std::string doc) -> option& {
    using Text = value_of<Access>;
    return add(
        {section_, std::move(key), std::move(type), "", "", std::move(doc)}, access,
        [](const config_value& value, Text& to) {
          return read_text(value).map([&](const std::string& read) { to = read; });
        },
        [](const Text& value) { return toml_text(std::string(value)); });
  }

  template <class Access>
  auto hidden(std::string key, Access access, std::string doc) -> option& {
    auto& made = add(
        {section_, std::move(key), "secret", "", "", std::move(doc)}, access,
        [](const config_value& value, secret& to) {
          return read_secret(value).map([&](secret read) { to = std::move(read); });
        },
        [](const secret& value) { return toml_text(value.is_empty() ? std::string_view() : redacted); });
    made.facts.is_secret = true;
    return made;
  }

  /// One of the values of an enum that has names; without a default of its own an `std::optional` of it.
  template <class Access>
  auto choice(std::string key, Access access, std::string doc) -> option& {
    using Value = value_of<Access>;
    using Enum = typename enum_in<Value>::type;
    auto names = choices_of<Enum>();
    std::string type;
    for (const auto& name : names)
      type += (type.empty() ? "one of " : ", ") + name;
    return add(
        {section_, std::move(key), std::move(type), "", "", std::move(doc)}, access,
        [names](const config_value& value, Value& to) {
          return read_choice(value, names).map([&](std::size_t at) { to = enum_names<Enum>[at].first; });
        },
        [](const Value& value) {
          auto chosen = std::optional<Enum>(value);
          return toml_text(chosen ? name_of(*chosen) : std::string_view());
        });
  }

  /// A value that is read from a text by a function of its own, and written by another.
  template <class Access, class Value>
  auto parsed(std::string key, Access access, std::string type, result<Value> (*parse)(std::string_view),
              std::string (*write)(const Value&), std::string doc) -> option& {
    return add(
        {section_, std::move(key), std::move(type), "", "", std::move(doc)}, access,
        [parse](const config_value& value, Value& to) {
          return read_text(value)
              .and_then([&](const std::string& text) { return parse(text); })
              .map([&](Value read) { to = std::move(read); });
        },
        [write](const Value& value) { return toml_text(write(value)); });
  }

  /// A function of the program of just this type. It shows as its name, which `name` keeps.
  template <class Function, class Name>
  auto function(std::string key, Function Sub::*access, Name Sub::*name, std::string doc) -> option& {
    option made;
    made.facts = {section_, std::move(key), "function that " + named_functions::kind_of<Function>(),
                  "",       "\"\"",         std::move(doc)};
    made.set = [access, name, sub = sub_](Root& to, const config_value& value,
                                          const named_functions& functions) {
      return read_function(value).and_then([&](const std::string& wanted) {
        return functions.find<Function>(wanted).map([&](Function found) {
          sub(to).*access = std::move(found);
          sub(to).*name = wanted;
        });
      });
    };
    made.show = [name, sub = sub_](Root& from) {
      const auto& given = sub(from).*name;
      return given.empty() ? std::string("\"\"") : "'@go(\"" + given + "\")'";
    };
    return catalogue_.options.emplace_back(std::move(made));
  }

private:
  template <class Access>
  using value_of = std::remove_cvref_t<std::invoke_result_t<Access, Sub&>>;

  template <class Value>
  struct enum_in {
    using type = Value;
  };
  template <class Value>
  struct enum_in<std::optional<Value>> {
    using type = Value;
  };

  template <class Number>
  static auto plain(const Number& number) -> std::uint64_t {
    if constexpr (std::is_integral_v<Number>)
      return static_cast<std::uint64_t>(number);
    else
      return number.value();
  }

  template <class Number>
  static auto number_from(std::uint64_t value) -> Number {
    if constexpr (std::is_integral_v<Number>)
      return static_cast<Number>(value);
    else
      return Number(static_cast<typename Number::rep>(value));
  }

  template <class Access, class Read, class Write>
  auto add_number(const option_facts& facts, Access access, Read read, Write write) -> option& {
    using Number = value_of<Access>;
    auto& made = add(
        facts, access,
        [read](const config_value& value, Number& to) {
          return read(value).map([&](std::uint64_t number) { to = number_from<Number>(number); });
        },
        [write](const Number& value) { return write(plain(value)); });
    made.amount = [access, sub = sub_](Root& from) { return plain(std::invoke(access, sub(from))); };
    return made;
  }

  template <class Access, class Read, class Write>
  auto add(const option_facts& facts, Access access, Read read, Write write) -> option& {
    option made;
    made.facts = facts;
    made.set = [access, read, sub = sub_](Root& to, const config_value& value, const named_functions&) {
      return read(value, std::invoke(access, sub(to)));
    };
    made.show = [access, write, sub = sub_](Root& from) { return write(std::invoke(access, sub(from))); };
    Root plain_root{};
    made.facts.fallback = made.show(plain_root);
    return catalogue_.options.emplace_back(std::move(made));
  }

  option_catalogue<Root>& catalogue_;
  std::string section_;
  Sub& (*sub_)(Root&);
};

/// Adds the options of a retry policy, whose keys begin with `prefix`.
template <class Root, class Policy>
void add_retry_options(option_group<Root, Policy> group, const std::string& prefix) {
  using std::chrono::milliseconds;
  constexpr milliseconds day = std::chrono::hours(24);
  group.time(prefix + "_delay", &Policy::delay_base, {milliseconds(1), day},
             "The delay after the first failure.");
  group.share(prefix + "_factor", &Policy::factor, {1, 100},
              "Each further delay is so many times the one before.");
  group.time(prefix + "_delay_max", &Policy::delay_max, {milliseconds(1), day}, "No delay is longer.")
      .is_not_below(prefix + "_delay");
  group.share(prefix + "_jitter", &Policy::jitter, {0, 1},
              "The share of a delay that is drawn by lot, so that not all come back at one time.");
  group.count(prefix + "_attempts_max", &Policy::attempts_max, {1, 1'000'000},
              "Attempts in all, the first included.");
}

} // namespace tusker
