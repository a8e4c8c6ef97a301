#pragma once

#include <tusker/actors/projection_status.hpp>
#include <tusker/actors/subscriber_status.hpp>

#include <array>
#include <string_view>

namespace tusker {

/// The phases of projections and subscribers, as they are told.
inline constexpr std::array<std::string_view, 6> projection_phase_names{"catching_up", "live",   "paused",
                                                                        "rebuilding",  "failed", "stopped"};
inline constexpr std::array<std::string_view, 5> subscriber_phase_names{"catching_up", "live", "paused",
                                                                        "failed", "stopped"};

[[nodiscard]] constexpr auto phase_name(projection_phase phase) -> std::string_view {
  return projection_phase_names.at(static_cast<std::size_t>(phase));
}
[[nodiscard]] constexpr auto phase_name(subscriber_phase phase) -> std::string_view {
  return subscriber_phase_names.at(static_cast<std::size_t>(phase));
}

static_assert(phase_name(projection_phase::stopped) == "stopped");
static_assert(phase_name(subscriber_phase::stopped) == "stopped");

} // namespace tusker
