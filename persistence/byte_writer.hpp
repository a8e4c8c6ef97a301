#pragma once

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
  template <std::unsigned_integral Number>
  auto little(Number value) -> byte_writer& {
    for (std::size_t at = 0; at < sizeof(Number); ++at)
      out_.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * at)));
    return *this;
  }

  template <std::unsigned_integral Number>
  auto big(Number value) -> byte_writer& {
    for (std::size_t at = sizeof(Number); at-- > 0;)
      out_.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * at)));
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

  [[nodiscard]] auto view() const -> std::string_view { return out_; }
  [[nodiscard]] auto take() && -> std::string { return std::move(out_); }

private:
  std::string out_;
};

} // namespace tusker
