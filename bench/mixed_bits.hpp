#pragma once

#include <cstdint>

namespace tusker::bench {

/// A number that looks random and is the same for the same `seed` in every run (splitmix64, Steele et al. 2014).
[[nodiscard]] constexpr auto mixed_bits(std::uint64_t seed) -> std::uint64_t {
  auto bits = seed + 0x9E3779B97F4A7C15U;
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9U;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBU;
  return bits ^ (bits >> 31U);
}

} // namespace tusker::bench
