#pragma once

#include <CLI/CLI.hpp>

#include <filesystem>

// Options that many workloads take, so that each has one name and one description.

namespace tusker::bench {

/// A number from `least` to `most`, with what stands in `value` as its default.
template <class Number>
void add_number_option(CLI::App& command, const char* name, Number& value, Number least, Number most,
                       const char* description) {
  command.add_option(name, value, description)
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(least, most));
}

/// `--data`: see `work_folder`.
void add_data_option(CLI::App& command, std::filesystem::path& data);

/// `--result-only`: puts `is_speed_judged` to false.
void add_result_only_option(CLI::App& command, bool& is_speed_judged);

} // namespace tusker::bench
