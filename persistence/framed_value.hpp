#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tusker {

/// A stored value of any table but events: CRC-32C of key and all that follows (4 bytes), the body's length (4),
/// the body. The key is in the checksum so that a value under another's key is found out.
[[nodiscard]] auto frame(std::string_view key, std::string_view body) -> std::string;

/// The body of a framed value; none when it is not what was framed under this key.
[[nodiscard]] auto unframe(std::string_view key, std::string_view value) -> std::optional<std::string_view>;

} // namespace tusker
