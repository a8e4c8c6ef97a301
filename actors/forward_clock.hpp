#pragma once

#include <tusker/model/timestamp.hpp>

#include <chrono>

namespace tusker {

/// The time by which timers are due: it goes on as a steady clock does, and follows the wall's clock only forward. So a
/// wall clock that is set back delays nothing and repeats nothing; one that is set forward makes due at once what would
/// have been due meanwhile.
class forward_clock {
public:
  using steady_time = std::chrono::steady_clock::time_point;

  /// The time now, never before what it was in an earlier call. REQUIRES: `steady` does not go back.
  [[nodiscard]] auto now(timestamp wall, steady_time steady) -> timestamp;

private:
  bool has_begun_ = false;
  // When both clocks were last seen together, the wall's not behind.
  timestamp wall_;
  steady_time steady_;
};

} // namespace tusker
