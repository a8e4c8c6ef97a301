#pragma once

#include <tusker/model/result.hpp>

#include <cstddef>
#include <filesystem>
#include <string>

namespace tusker {

/// What a file holds. Only a regular file is read: whatever else has a name may never end. Errors:
/// `config_errc::unreadable`, also for one of more than `bytes_max`.
[[nodiscard]] auto read_text_file(const std::filesystem::path& path, std::size_t bytes_max)
    -> result<std::string>;

} // namespace tusker
