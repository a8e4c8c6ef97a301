#pragma once

#include <string>

namespace tusker {

/// The shortest text that is read as this number again, with a point or an exponent: `2.0`, `0.2`.
[[nodiscard]] auto decimal_text(double number) -> std::string;

} // namespace tusker
