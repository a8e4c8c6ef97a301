#pragma once

#include "travelling_node.hpp"

#include <tusker_test/catch.hpp>

#include <string>
#include <vector>

namespace travelling {

/// Trip `t1` with seat `a` has gone its way to the end, each step of it once, and nothing of it is still to be sent.
inline void check_is_booked(node& test) {
  using texts = std::vector<std::string>;
  CHECK(test.phase("t1") == tusker::saga_phase::completed);
  CHECK(test.types_of("seat", "a") == texts{"SeatReserved"});
  CHECK(test.types_of("trip", "t1") == texts{"TripPlanned", "TripBooked"});
  CHECK(test.outbox_is_empty());
}

} // namespace travelling
