#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <system_error>

namespace tusker {

/// Reads `bytes.size()` bytes of an open file from `at` on; fewer, and `bytes` is as long then, at the end of the file.
[[nodiscard]] auto read_at(int file, std::uint64_t at, std::string& bytes) -> std::error_code;

} // namespace tusker
