#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tusker {

/// How a stored text is written. The numbers are those of the storage format.
enum class text_codec : std::uint8_t {
  plain = 1,
  zstd = 2, ///< One Zstandard frame (RFC 8878).
};

[[nodiscard]] constexpr auto is_known(text_codec codec) -> bool {
  return codec == text_codec::plain || codec == text_codec::zstd;
}

/// A text as it is stored; the bytes are somebody else's.
struct packed_view {
  text_codec codec = text_codec::plain;
  /// The text's length once it is unpacked; 0 where that is the length of `bytes`.
  std::uint32_t plain_bytes = 0;
  std::string_view bytes;

  /// How long the text is, in bytes.
  [[nodiscard]] auto text_bytes() const -> std::size_t {
    return codec == text_codec::plain ? bytes.size() : plain_bytes;
  }
};

/// A text that is about to be stored: packed where that saves space, else the text itself, which must outlive it.
class packed_text {
public:
  explicit packed_text(std::string_view plain) : plain_(plain) {}
  packed_text(std::string packed, std::uint32_t plain_bytes)
      : packed_(std::move(packed)), plain_bytes_(plain_bytes) {}

  [[nodiscard]] auto view() const -> packed_view {
    if (plain_bytes_ == 0)
      return {text_codec::plain, 0, plain_};
    return {text_codec::zstd, plain_bytes_, packed_};
  }

private:
  std::string_view plain_;
  std::string packed_;
  std::uint32_t plain_bytes_ = 0;
};

/// Texts that are stored are at most this long, in bytes; a longer one is damage.
inline constexpr std::size_t packed_text_bytes_max = std::size_t{64} << 20U;

/// Packs a text that stands in a value behind `front_bytes` others, if the value then takes at least an eighth less
/// space in LMDB's pages. REQUIRES: at most `packed_text_bytes_max` bytes.
[[nodiscard]] auto pack_text(std::string_view plain, std::size_t front_bytes) -> packed_text;

/// The text again; none when the bytes are not a packed text of that length.
[[nodiscard]] auto unpack_text(const packed_view& packed) -> std::optional<std::string>;

} // namespace tusker
