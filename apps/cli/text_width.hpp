#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tusker::cli {

/// How many columns a text takes: one for each code point, none for combining marks. Wide East Asian characters
/// count as one, which is near enough for tables of orders. A byte that is not UTF-8 counts as one.
[[nodiscard]] auto text_width(std::string_view text) -> std::size_t;

/// The text as it may be shown to a person: control characters and bytes that are not UTF-8 are replaced, so that
/// what a file says cannot drive the terminal.
[[nodiscard]] auto printable(std::string_view text) -> std::string;

/// The text, cut to at most `width` columns with an ellipsis at its end.
[[nodiscard]] auto cut_to_width(std::string_view text, std::size_t width) -> std::string;

} // namespace tusker::cli
