#pragma once

#include <tusker/model/named_number.hpp>

namespace tusker {

/// How many events a stream holds, and so the number of its latest event: the first event has version 1,
/// an empty stream has version 0. Versions have no gaps.
using stream_version = named_number<struct stream_version_tag>;

inline constexpr stream_version empty_stream{};

} // namespace tusker
