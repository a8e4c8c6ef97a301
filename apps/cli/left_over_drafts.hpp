#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tusker::cli {

/// A folder that was to become a copy: in the journal's folder, or that of the journal itself under another name.
struct left_over_draft {
  std::filesystem::path place;
  std::uint64_t bytes = 0;
};

/// What copies that are being made, or were not finished, take beside a journal: `compacted.partial` in its folder, and
/// `NAME.partial` beside it. By their names; what cannot be looked at is passed over.
[[nodiscard]] auto find_left_over_drafts(const std::filesystem::path& data) -> std::vector<left_over_draft>;

} // namespace tusker::cli
