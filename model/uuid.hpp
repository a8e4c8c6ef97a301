#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/timestamp.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace tusker {

/// 128 bits in network byte order (RFC 9562).
struct uuid {
  std::array<std::uint8_t, 16> bytes{};

  [[nodiscard]] auto is_nil() const -> bool { return *this == uuid{}; }

  friend auto operator<=>(const uuid&, const uuid&) = default;
};

/// `0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9`, in lower case.
[[nodiscard]] auto to_string(const uuid& id) -> std::string;

/// Reads the 36-character form, in either case. Errors: `model_errc::malformed_id`.
[[nodiscard]] auto parse_uuid(std::string_view text) -> result<uuid>;

/// A UUIDv7 made of a time, in milliseconds, and 16 bytes of which it keeps 74 bits. Ids that begin with their
/// time stand in order in an index, which keeps appends to it cheap.
[[nodiscard]] auto make_uuid_v7(timestamp time, std::span<const std::uint8_t, 16> entropy) -> uuid;

/// The same id for the same time and parts, always: a UUIDv7 whose random bits are a hash (XXH3-128) of the parts.
[[nodiscard]] auto derive_uuid(timestamp time, std::span<const std::string_view> parts) -> uuid;

/// The milliseconds in a UUIDv7, as a time.
[[nodiscard]] auto time_of(const uuid& id) -> timestamp;

} // namespace tusker

template <>
struct std::hash<tusker::uuid> {
  auto operator()(const tusker::uuid& id) const noexcept -> std::size_t {
    return std::hash<std::string_view>{}({reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
  }
};
