#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tusker {

/// Words of one dotted key. No config has more than three; each is a table in a table, and a parser that goes down
/// through as many as fit into a file has no stack left.
inline constexpr std::size_t key_words_max = 16;

/// The first line, from 1, with a key of more words than that, in text that is meant to be TOML; none if there is none.
/// Strings and comments are passed over. It knows no more of TOML than it takes: what is no TOML may be told for this
/// first.
[[nodiscard]] auto line_of_deep_key(std::string_view toml) -> std::optional<std::uint32_t>;

} // namespace tusker
