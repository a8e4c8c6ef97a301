#include <tusker/model/content_hash.hpp>

#include <xxhash.h>

#include <algorithm>
#include <memory>

namespace tusker {

namespace {

struct state_deleter {
  void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

/// Little endian, so that the hash is the same on every machine.
auto length_bytes(std::size_t length) -> std::array<std::uint8_t, 8> {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t at = 0; at < bytes.size(); ++at)
    bytes[at] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(length) >> (8 * at));
  return bytes;
}

} // namespace

auto hash_of(std::span<const std::string_view> parts) -> content_hash {
  thread_local const std::unique_ptr<XXH3_state_t, state_deleter> state(XXH3_createState());
  XXH3_128bits_reset(state.get());
  for (auto part : parts) {
    auto length = length_bytes(part.size());
    XXH3_128bits_update(state.get(), length.data(), length.size());
    XXH3_128bits_update(state.get(), part.data(), part.size());
  }
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state.get()));
  content_hash hash;
  std::copy_n(canonical.digest, hash.bytes.size(), hash.bytes.begin());
  return hash;
}

} // namespace tusker
