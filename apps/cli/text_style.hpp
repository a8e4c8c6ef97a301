#pragma once

#include <tusker/cli/terminal.hpp>

#include <string>
#include <string_view>

namespace tusker::cli {

enum class text_style { plain, bold, dim, good, bad };

/// The text in that style, where the terminal has colours; the text alone elsewhere.
[[nodiscard]] auto styled(std::string_view text, text_style style, const terminal& where) -> std::string;

} // namespace tusker::cli
