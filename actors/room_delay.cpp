#include <tusker/actors/room_delay.hpp>

#include <algorithm>

namespace tusker {

auto room_delay(std::uint32_t refusals) -> std::chrono::milliseconds {
  constexpr std::chrono::milliseconds first{100};
  constexpr std::uint32_t doublings_max = 5;
  return first * (1U << std::min(refusals, doublings_max));
}

} // namespace tusker
