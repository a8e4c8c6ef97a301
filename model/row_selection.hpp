#pragma once

#include <tusker/model/error.hpp>
#include <tusker/model/key_range.hpp>
#include <tusker/model/read_direction.hpp>

#include <optional>
#include <string>

namespace tusker {

/// Which rows of a table, in which order: a `row_range` without its types.
struct row_selection {
  std::string table;
  /// Empty for the order of the rows' own keys.
  std::string index;
  key_range range;
  read_direction direction = read_direction::forward;
  /// What is wrong with it, for whoever reads by it to say.
  std::optional<error> fault = std::nullopt;

  /// Leaves out what stands before `low`; none leaves out everything.
  void begin_at(const std::optional<std::string>& low);
  /// Leaves out what stands at `high` and behind; none leaves out nothing.
  void end_before(const std::optional<std::string>& high);
};

} // namespace tusker
