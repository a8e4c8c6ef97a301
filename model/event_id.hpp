#pragma once

#include <tusker/model/named_id.hpp>

namespace tusker {

/// Names one event for ever.
using event_id = named_id<struct event_id_tag>;

} // namespace tusker
