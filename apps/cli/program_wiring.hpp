#pragma once

#include <tusker/cli/registered_types.hpp>
#include <tusker/config/config_reference.hpp>
#include <tusker/config/config_report.hpp>
#include <tusker/config/given_options.hpp>
#include <tusker/config/named_functions.hpp>
#include <tusker/config/program_config.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tusker::cli {

/// A program as its config wires it.
struct program_wiring {
  program_config config = {};
  /// Its types; what the config takes out is not added to nodes.
  registered_types types = {};
  /// What is wrong, and where each value comes from. With problems the rest is not to be used.
  config_report report = {};
  /// The config file; empty: there is none, and everything runs.
  std::string file = {};
};

/// Wires a program by what was given. `types` and `functions` are what it has. Problems are in the report.
[[nodiscard]] auto wire(given_options& given, const named_functions& functions, registered_types types)
    -> program_wiring;

/// All that a config may say, for the reference.
[[nodiscard]] auto documented_config() -> std::vector<documented_section>;

/// The sections of a sample file for a program with these types, each of its parts with a section of its own; `values`
/// by `section.key` are set in it.
[[nodiscard]] auto sample_sections(const registered_types& types,
                                   const std::map<std::string, std::string, std::less<>>& values)
    -> std::vector<sample_section>;

} // namespace tusker::cli
