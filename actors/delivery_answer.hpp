#pragma once

#include <tusker/actors/wish_answer.hpp>

#include <cstdint>

namespace tusker {

/// The answer to what somebody wants of a subscriber, or of dead letters.
using delivery_answer = wish_answer<std::uint64_t>;

} // namespace tusker
