#pragma once

#include <chrono>
#include <cstddef>

namespace tusker {

/// How the aggregates of one type are kept in memory. The defaults, limits and units are those of the options of the
/// same names in `runtime_options`, which hold for every type that is not said otherwise.
struct aggregate_options {
  std::size_t live_aggregates_max = 100'000;
  std::chrono::milliseconds idle_passivation{std::chrono::minutes(10)};
  std::size_t snapshot_every_events = 100;
  std::size_t snapshot_on_passivation_events = 20;

  friend auto operator==(const aggregate_options&, const aggregate_options&) -> bool = default;
};

} // namespace tusker
