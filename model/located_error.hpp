#pragma once

#include <tusker/model/error.hpp>
#include <tusker/model/recorded_event.hpp>

namespace tusker {

/// `failure` with the stream, version and position of the event it came from.
[[nodiscard]] auto located(const error& failure, const recorded_event& event) -> error;

} // namespace tusker
