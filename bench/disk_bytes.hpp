#pragma once

#include <cstdint>
#include <filesystem>

namespace tusker::bench {

/// What the files of a folder take of the disk, in bytes: holes in them take none. 0 for a folder that is not there.
[[nodiscard]] auto disk_bytes(const std::filesystem::path& folder) -> std::uint64_t;

} // namespace tusker::bench
