#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/projection_version.hpp>

#include <string>

namespace tusker {

/// A hash of all rows of a projection that serve, and of which events they are made.
struct projection_digest {
  projection_version version;
  /// All events up to here are in the rows, or were not wanted.
  log_offset position;
  std::string digest; ///< 32 hexadecimal digits. Equal rows have equal ones, however they came to be there.
};

} // namespace tusker
