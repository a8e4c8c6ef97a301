#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace tusker {

/// A fingerprint of some content: equal content has an equal fingerprint; different content has a different one
/// but for an accident of 2^-128. It is no defence against somebody who looks for a collision (XXH3-128).
struct content_hash {
  std::array<std::uint8_t, 16> bytes{};

  friend auto operator==(const content_hash&, const content_hash&) -> bool = default;
};

/// The fingerprint of a sequence of parts. Each part counts with its length, so ("ab", "c") is not ("a", "bc").
[[nodiscard]] auto hash_of(std::span<const std::string_view> parts) -> content_hash;

} // namespace tusker
