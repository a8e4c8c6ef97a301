#pragma once

#include <tusker/model/position.hpp>

namespace tusker {

/// The log that projections follow: an LMDB journal and one in memory have no other.
inline constexpr log_id followed_log{0};

} // namespace tusker
