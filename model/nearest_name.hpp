#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tusker {

/// The name among `known` that is fewest edits from `wanted`: letters added, left out, replaced, or swapped with their
/// neighbours. Empty when none is near enough to be what was meant: more than a third of the letters differ.
[[nodiscard]] auto nearest_name(std::string_view wanted, std::span<const std::string> known) -> std::string;

/// For the end of an error message: `; did you mean 'OrderCreated'? Known: A, B, C`. Lists at most 20 names.
[[nodiscard]] auto name_hint(std::string_view wanted, std::span<const std::string> known) -> std::string;

} // namespace tusker
