#pragma once

#include <tusker/model/named_number.hpp>

#include <cstdint>

namespace tusker {

/// The version of a projection's code, as its author counts it. Other code makes other rows of the same events.
using projection_version = named_number<struct projection_version_tag, std::uint32_t>;

} // namespace tusker
