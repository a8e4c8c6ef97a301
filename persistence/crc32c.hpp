#pragma once

#include <cstdint>
#include <string_view>

namespace tusker {

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4): of "123456789" it is 0xE3069283. To go on with a checksum, give
/// what was returned so far.
[[nodiscard]] auto crc32c(std::string_view bytes, std::uint32_t so_far = 0) -> std::uint32_t;

} // namespace tusker
