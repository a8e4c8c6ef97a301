#pragma once

#include <cstddef>
#include <string_view>

namespace tusker {

/// How many bytes the UTF-8 sequence at the front of `text` takes, or 0 when there is none: empty text, an
/// overlong form, a surrogate, or a code point past U+10FFFF (RFC 3629, section 4).
[[nodiscard]] auto utf8_sequence_bytes(std::string_view text) -> std::size_t;

/// Whether no byte is above 127.
[[nodiscard]] auto is_ascii(std::string_view text) -> bool;

[[nodiscard]] auto is_utf8(std::string_view text) -> bool;

} // namespace tusker
