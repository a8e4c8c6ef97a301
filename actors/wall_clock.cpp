#include <tusker/actors/wall_clock.hpp>

#include <chrono>

namespace tusker {

auto system_wall_clock::now() const -> timestamp {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

auto system_wall_clock::steady() const -> steady_time {
  return std::chrono::steady_clock::now();
}

} // namespace tusker
