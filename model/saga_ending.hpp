#pragma once

#include <tusker/model/timestamp.hpp>

#include <cstdint>
#include <string>

namespace tusker {

/// Of a saga's instance that went forward to its end: what its last transition says.
struct saga_ending {
  std::uint32_t version = 0; ///< Of the declaration.
  timestamp at{};
  std::string last_input; ///< For people.
};

} // namespace tusker
