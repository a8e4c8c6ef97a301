#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tusker {

/// How much of a text an error message quotes, in bytes.
inline constexpr std::size_t quoted_bytes_max = 120;

/// A text from outside in an error message: in single quotes, cut off with `…` past `quoted_bytes_max`, control
/// characters and bytes that are not UTF-8 written as `\x1b`. So a message is text of a bounded length, whatever it is
/// about.
[[nodiscard]] auto quoted(std::string_view text) -> std::string;

} // namespace tusker
