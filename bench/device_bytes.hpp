#pragma once

#include <cstdint>
#include <filesystem>

namespace tusker::bench {

/// How many bytes have been written to the device that holds `path`, by everybody, as Linux counts them in
/// `/proc/diskstats`; 0 where that cannot be read, or the file system is on no device of its own.
[[nodiscard]] auto device_bytes(const std::filesystem::path& path) -> std::uint64_t;

} // namespace tusker::bench
