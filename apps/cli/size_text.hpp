#pragma once

#include <tusker/cli/number_text.hpp>

#include <cstdint>
#include <string>

namespace tusker::cli {

/// `12.3 MiB`: a number of bytes for people.
[[nodiscard]] inline auto mebibytes_text(std::uint64_t bytes) -> std::string {
  constexpr double mebibyte = 1024.0 * 1024.0;
  return fixed(static_cast<double>(bytes) / mebibyte, 1) + " MiB";
}

} // namespace tusker::cli
