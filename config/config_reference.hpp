#pragma once

#include <tusker/config/option_catalogue.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

/// A section with its options, for who documents them.
struct documented_section {
  section_facts facts;
  std::vector<option_facts> options;
};

/// The sections of a catalogue, each with its options, in their order.
template <class Root>
[[nodiscard]] auto documented(const option_catalogue<Root>& catalogue) -> std::vector<documented_section> {
  std::vector<documented_section> sections;
  sections.reserve(catalogue.sections.size());
  for (const auto& section : catalogue.sections) {
    documented_section made{section, {}};
    for (const auto& each : catalogue.options)
      if (each.facts.section == section.name)
        made.options.push_back(each.facts);
    sections.push_back(std::move(made));
  }
  return sections;
}

/// The reference in Markdown: the operators, and of each section a table of its options.
[[nodiscard]] auto reference_page(const std::vector<documented_section>& sections) -> std::string;

/// A section of a sample file: its name as it stands in brackets, and the values of the options that are set in it, as
/// TOML writes them.
struct sample_section {
  std::string name;
  documented_section of;
  std::map<std::string, std::string, std::less<>> values = {};
};

/// A file that sets some options, and has all others as comments with their defaults. `head` is its first comment. Of
/// several sections of a kind the first one says what its options are.
[[nodiscard]] auto sample_file(std::string_view head, const std::vector<sample_section>& sections)
    -> std::string;

} // namespace tusker
