#pragma once

#include <tusker/config/config_value.hpp>
#include <tusker/config/named_functions.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace tusker {

/// An option, as its user sees it.
struct option_facts {
  std::string section;       ///< `event_store`; of a part its kind: `projection` for `[projection.NAME]`.
  std::string key;           ///< `map_bytes`.
  std::string type = {};     ///< For people: `time`, `size`, `one of strict, relaxed, volatile`.
  std::string limits = {};   ///< For people: `from 1 to 64`; may be empty.
  std::string fallback = {}; ///< The default, as TOML writes it.
  std::string doc = {};      ///< A sentence or two.
  std::string flag = {};     ///< `--live-max`; empty: there is no flag of its own.
  bool is_secret = false;
};

/// An option of a `Root`, bound to where its value goes.
template <class Root>
struct bound_option {
  option_facts facts;
  /// Errors: as of `option_value.hpp`, and of `named_functions::find`.
  std::function<result<void>(Root& to, const config_value& value, const named_functions& functions)> set;
  /// Its value as TOML writes it; of a secret `redacted`.
  std::function<std::string(Root& from)> show;
  /// Its value as a number, to compare with others; none for what is no number.
  std::function<std::uint64_t(Root& from)> amount = {};
  /// The key of an option of the same section that this one may not be less than.
  std::string not_below = {};

  auto has_flag(std::string name) -> bound_option& {
    facts.flag = std::move(name);
    return *this;
  }
  auto is_not_below(std::string key) -> bound_option& {
    not_below = std::move(key);
    return *this;
  }
};

/// `[event_store]` or `[projection.NAME]`, for who writes a config.
struct section_facts {
  std::string name;
  std::string doc;
  bool is_of_parts = false; ///< Each part has one: `[projection.order_summary]`.
};

/// The options of a `Root`: all that is known of each, in the one place where it is declared.
template <class Root>
struct option_catalogue {
  std::vector<section_facts> sections;
  std::vector<bound_option<Root>> options;

  void add_section(std::string name, std::string doc) {
    sections.push_back({std::move(name), std::move(doc)});
  }
};

/// The options of a catalogue without their types, for who documents them.
template <class Root>
[[nodiscard]] auto facts_of(const option_catalogue<Root>& catalogue) -> std::vector<option_facts> {
  std::vector<option_facts> all;
  all.reserve(catalogue.options.size());
  for (const auto& each : catalogue.options)
    all.push_back(each.facts);
  return all;
}

} // namespace tusker
