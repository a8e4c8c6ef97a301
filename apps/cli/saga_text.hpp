#pragma once

#include <tusker/cli/text_style.hpp>
#include <tusker/model/saga_phase.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace tusker::cli {

/// How a phase is shown: what ended well, and what needs somebody, stands out.
[[nodiscard]] auto style_of(saga_phase phase) -> text_style;

/// The text with blanks at its end, or before it, up to that width.
[[nodiscard]] auto padded(std::string text, std::size_t width) -> std::string;
[[nodiscard]] auto indented(const std::string& text, std::size_t width) -> std::string;

/// A line of which one word, which stands `at` that byte, is styled: only if the word was not cut.
[[nodiscard]] auto restyled(std::string line, std::size_t at, std::string_view word, text_style style,
                            const terminal& where) -> std::string;

/// A plain text in its place, on a terminal that can show it; else what is like it in ASCII.
[[nodiscard]] auto either(const terminal& where, std::string_view unicode, std::string_view ascii)
    -> std::string;

} // namespace tusker::cli
