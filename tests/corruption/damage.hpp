#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace tusker::corruption {

/// Damages a journal's files as a disk, a careless person or a bug might: bits, sectors, pages, whole files; the
/// same number always damages the same files in the same way. Returns what was done, for people.
[[nodiscard]] auto damage(const std::filesystem::path& folder, std::uint32_t number) -> std::string;

} // namespace tusker::corruption
