#include <tusker/persistence/random_id.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstdint>
#include <functional>
#include <random>

namespace tusker {

namespace {

/// Into the twelve bits behind the milliseconds: what the time has beyond them, in 4,096th parts (RFC 9562, 6.2, method
/// 3). So ids stand in the order in which they were made, to a quarter of a microsecond.
void put_fraction(std::array<std::uint8_t, 16>& entropy, timestamp time) {
  constexpr std::size_t fraction_at = 6;
  constexpr std::uint64_t parts = 4'096;
  auto beyond = time - std::chrono::floor<std::chrono::milliseconds>(time);
  auto fraction = static_cast<std::uint64_t>(beyond.count()) * parts / 1'000;
  entropy[fraction_at] = static_cast<std::uint8_t>(fraction >> 8U);
  entropy[fraction_at + 1] = static_cast<std::uint8_t>(fraction);
}

/// Seeded from the system's randomness with as many words as two threads of two nodes need to never agree.
auto seeded_generator() -> std::mt19937_64 {
  std::random_device device;
  std::array<std::random_device::result_type, 16> words{};
  std::generate(words.begin(), words.end(), std::ref(device));
  std::seed_seq seed(words.begin(), words.end());
  return std::mt19937_64(seed);
}

} // namespace

auto random_uuid(timestamp time) -> uuid {
  thread_local auto generator = seeded_generator();
  // The first half of an id is time.
  auto entropy = std::bit_cast<std::array<std::uint8_t, 16>>(std::array<std::uint64_t, 2>{0, generator()});
  put_fraction(entropy, time);
  return make_uuid_v7(time, entropy);
}

} // namespace tusker
