#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace tusker {

/// Takes apart what a `byte_writer` made. Reading past the end gives zeros and empty texts and is remembered: ask
/// `is_intact` once at the end.
class byte_reader {
public:
  explicit byte_reader(std::string_view in) : in_(in) {}

  template <std::unsigned_integral Number>
  [[nodiscard]] auto little() -> Number {
    return number<Number, std::endian::little>();
  }

  template <std::unsigned_integral Number>
  [[nodiscard]] auto big() -> Number {
    return number<Number, std::endian::big>();
  }

  [[nodiscard]] auto bytes(std::size_t count) -> std::string_view {
    if (count > in_.size()) {
      refuse();
      return {};
    }
    auto part = in_.substr(0, count);
    in_.remove_prefix(count);
    return part;
  }

  /// Fills a container of bytes; leaves it as it is at the end of the input.
  template <class Bytes>
  void raw(Bytes& into) {
    auto part = bytes(into.size());
    if (part.size() == into.size())
      std::memcpy(into.data(), part.data(), part.size());
  }

  [[nodiscard]] auto text_view() -> std::string_view { return bytes(little<std::uint32_t>()); }
  [[nodiscard]] auto text() -> std::string { return std::string(text_view()); }

  [[nodiscard]] auto rest() -> std::string_view { return bytes(in_.size()); }

  /// Says that what was read cannot have been written: from here on all is as past the end.
  void refuse() {
    intact_ = false;
    in_ = {};
  }

  /// Whether nothing was read past the end, and nothing was refused.
  [[nodiscard]] auto is_intact() const -> bool { return intact_; }
  /// Whether everything was read, and nothing past the end.
  [[nodiscard]] auto is_finished() const -> bool { return intact_ && in_.empty(); }

private:
  /// One load, and one instruction that turns it round where the machine's order is the other.
  template <std::unsigned_integral Number, std::endian Order>
  [[nodiscard]] auto number() -> Number {
    std::array<unsigned char, sizeof(Number)> part{};
    raw(part);
    if constexpr (Order != std::endian::native)
      std::ranges::reverse(part);
    return std::bit_cast<Number>(part);
  }

  std::string_view in_;
  bool intact_ = true;
};

} // namespace tusker
