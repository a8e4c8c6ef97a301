#pragma once

#include <tusker/config/config_place.hpp>
#include <tusker/config/config_problems.hpp>

#include <tl/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tusker {

/// A value that no option has: what it is, such as `an array`.
struct unusable_value {
  std::string what;
};

/// A value as it stands in the file.
using written_value = std::variant<bool, std::int64_t, double, std::string, unusable_value>;

/// `key = value`, and where both stand.
struct config_item {
  std::string key;
  config_place key_place;
  written_value value;
  config_place value_place;
};

/// `[name]`, or `[kind.name]`, with what stands in it.
struct config_section {
  std::string name;
  config_place place;
  std::vector<config_item> items;
};

/// A TOML file, flat: a section for each table that holds values, or nothing at all.
struct config_document {
  std::string file;
  std::vector<config_section>
      sections; ///< What stands before the first one is in the section without a name.
};

/// More is no config.
inline constexpr std::size_t config_bytes_max = std::size_t{1} << 20U;

/// Reads TOML. `file` is its name in places. The problem is the first of its syntax; a key that stands twice is one.
[[nodiscard]] auto parse_config(std::string_view toml, const std::string& file)
    -> tl::expected<config_document, config_problem>;

/// The same of a file, under the name that it is given by. The problem is also that it cannot be read.
[[nodiscard]] auto read_config(const std::filesystem::path& path)
    -> tl::expected<config_document, config_problem>;

} // namespace tusker
