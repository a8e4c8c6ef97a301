#pragma once

#include <tusker/model/growing_bytes.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace tusker {

/// Puts numbers and texts into bytes: little endian in values, big endian in keys, where the order of bytes is the
/// order of keys.
class byte_writer {
public:
  byte_writer() = default;
  /// With room for so many bytes.
  explicit byte_writer(std::size_t bytes) { out_.reserve(bytes); }

  template <std::unsigned_integral Number>
  auto little(Number value) -> byte_writer& {
    return raw(little_bytes(value));
  }

  template <std::unsigned_integral Number>
  auto big(Number value) -> byte_writer& {
    auto part = little_bytes(value);
    std::ranges::reverse(part);
    return raw(part);
  }

  /// Over what stands at `at`. REQUIRES: as many bytes stand there.
  template <std::unsigned_integral Number>
  auto set_little(std::size_t at, Number value) -> byte_writer& {
    auto part = little_bytes(value);
    std::ranges::copy(part, out_.data() + at);
    return *this;
  }

  auto bytes(std::string_view value) -> byte_writer& {
    out_.append(value);
    return *this;
  }

  /// Any container of bytes.
  template <class Bytes>
  auto raw(const Bytes& value) -> byte_writer& {
    return bytes({reinterpret_cast<const char*>(value.data()), value.size()});
  }

  /// The length in four bytes, then the text.
  auto text(std::string_view value) -> byte_writer& {
    return little(static_cast<std::uint32_t>(value.size())).bytes(value);
  }

  [[nodiscard]] auto view() const -> std::string_view { return out_.view(); }
  [[nodiscard]] auto take() && -> std::string { return std::move(out_).take(); }

private:
  template <std::unsigned_integral Number>
  static auto little_bytes(Number value) {
    std::array<char, sizeof(Number)> part{};
    for (std::size_t at = 0; at < part.size(); ++at)
      part[at] = static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * at));
    return part;
  }

  growing_bytes out_;
};

} // namespace tusker
