#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tusker::bench {

/// The ways to store a text that are compared.
enum class trial_codec {
  plain,
  zstd, ///< Level 1, as the journal packs.
  lz4,
};

[[nodiscard]] auto name_of(trial_codec codec) -> const char*;

/// None when the library refuses.
[[nodiscard]] auto pack(trial_codec codec, std::string_view plain) -> std::optional<std::string>;
/// `plain_bytes`: the length of the text. None when the bytes are no such text.
[[nodiscard]] auto unpack(trial_codec codec, std::string_view packed, std::size_t plain_bytes)
    -> std::optional<std::string>;

} // namespace tusker::bench
