#pragma once

#include <tusker/config/config_problems.hpp>
#include <tusker/config/given_options.hpp>
#include <tusker/config/option_catalogue.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace tusker {

/// What an option is, and who says so.
struct explained_option {
  std::string section; ///< `projection.order_summary`.
  std::string key;
  std::string value; ///< As TOML writes it; `redacted` for a secret.
  value_source source;
};

/// What came of a config: what is wrong with it, and what each option is.
struct config_report {
  config_problems problems;
  std::vector<explained_option> options;
};

/// Where values come from when nothing was given.
struct unset_source {
  value_source source = {};
  /// Options that show otherwise than this, by key, were set by a hook.
  std::map<std::string, std::string> before_hook = {};
  std::string hook = {};
};

/// How all options of a root show, by key.
template <class Root>
[[nodiscard]] auto shown_options(const option_catalogue<Root>& catalogue, Root& root)
    -> std::map<std::string, std::string> {
  std::map<std::string, std::string> shown;
  for (const auto& each : catalogue.options)
    shown.insert_or_assign(each.facts.section + "." + each.facts.key, each.show(root));
  return shown;
}

/// Tells of each option that is less than the one that it may not be below.
template <class Root, class Named>
void check_order(const option_catalogue<Root>& catalogue, const Named& named,
                 const std::map<std::string, config_place>& places, Root& root, config_problems& problems) {
  for (const auto& each : catalogue.options) {
    if (each.not_below.empty())
      continue;
    for (const auto& other : catalogue.options) {
      if (other.facts.section != each.facts.section || other.facts.key != each.not_below ||
          each.amount(root) >= other.amount(root)) {
        continue;
      }
      auto place = places.find(named(each.facts) + "." + each.facts.key);
      if (place == places.end())
        place = places.find(named(each.facts) + "." + each.not_below);
      auto where = place == places.end() ? config_place{named(each.facts)} : place->second;
      problems.add(where, each.facts.key + ": expected at least " + each.not_below + ", which is " +
                              other.show(root) + ", found " + each.show(root));
    }
  }
}

/// Sets the options of a root to what was given, and reports on all of them. `part` is the name of the part that has
/// them: the options of `[projection]` are then those of `[projection.NAME]`.
template <class Root>
void apply_options(const option_catalogue<Root>& catalogue, const std::string& part, given_options& given,
                   const named_functions& functions, Root& root, config_report& report,
                   const unset_source& unset = {}) {
  auto named = [&](const option_facts& facts) {
    return part.empty() ? facts.section : facts.section + "." + part;
  };
  std::map<std::string, config_place> places;
  for (const auto& each : catalogue.options) {
    auto section = named(each.facts);
    auto found = given.find(section, each.facts.key);
    auto shown = each.show(root);
    auto before = unset.before_hook.find(each.facts.section + "." + each.facts.key);
    auto source = unset.source;
    if (before != unset.before_hook.end() && before->second != shown)
      source = {value_origin::hook, unset.hook};
    if (found) {
      source = found->source;
      places.emplace(section + "." + each.facts.key, found->place);
      auto set =
          found->value ? each.set(root, *found->value, functions) : result<void>(fail(found->value.error()));
      if (!set && !found->is_told_elsewhere)
        report.problems.add(found->place, each.facts.key + ": " + set.error().message());
    }
    report.options.push_back({section, each.facts.key, each.show(root), std::move(source)});
  }
  check_order(catalogue, named, places, root, report.problems);
}

} // namespace tusker
