#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tusker::cli {

/// JSON as it is stored, on one line: white space between tokens goes, every digit stays. What is not JSON becomes a
/// JSON text of its printable bytes, so that a damaged event can still be looked at.
[[nodiscard]] auto compact_json(std::string_view json) -> std::string;

/// JSON for people: a member or an element a line, `indent` blanks before each line. Empty objects and arrays, and
/// objects and arrays without others inside them, stay on one line.
[[nodiscard]] auto pretty_json(std::string_view json, std::size_t indent) -> std::string;

} // namespace tusker::cli
