#pragma once

#include <cstdint>
#include <filesystem>
#include <system_error>

namespace tusker {

/// How many bytes a file has, for a report: 0 where that cannot be told.
[[nodiscard]] inline auto file_bytes(const std::filesystem::path& file) -> std::uint64_t {
  std::error_code unknown;
  auto bytes = std::filesystem::file_size(file, unknown);
  return unknown ? 0 : bytes;
}

} // namespace tusker
