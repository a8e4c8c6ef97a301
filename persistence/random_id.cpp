#include <tusker/persistence/random_id.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <random>

namespace tusker {

namespace {

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
  std::array<std::uint8_t, 16> entropy{};
  std::generate(entropy.begin(), entropy.end(), [] { return static_cast<std::uint8_t>(generator()); });
  return make_uuid_v7(time, entropy);
}

} // namespace tusker
