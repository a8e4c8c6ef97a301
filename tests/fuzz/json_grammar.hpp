#pragma once

#include <string_view>

namespace tusker::fuzz {

/// Whether a text is one JSON value, written from the grammar of RFC 8259 and nothing else, to compare readers with.
/// Stricter than the grammar where the reader's contract is: text is UTF-8, a surrogate has its other half, and a
/// number fits a double.
[[nodiscard]] auto is_json(std::string_view text) -> bool;

} // namespace tusker::fuzz
