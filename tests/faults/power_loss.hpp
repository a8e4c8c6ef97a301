#pragma once

#include "io_watch.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace tusker::faults {

/// A moment at which the power goes, and what the disk makes of it.
struct power_loss {
  /// So many operations were complete; the next one was under way.
  std::size_t complete = 0;
  /// The chance of each sector, and of each length, that nobody had synced, to be on the disk. 0 to 1.
  double survival = 0;
  std::uint32_t seed = 0;
};

/// Operations that make the files and folders of a folder as they are, durably.
[[nodiscard]] auto operations_that_make(const std::filesystem::path& folder) -> std::vector<io_operation>;

/// Writes what is on the disk after the power loss into a folder that is empty.
///
/// The model: a sync makes a file's content and length durable, a synced folder the names in it, and a durable write
/// (`O_DSYNC`) the sectors it touches. Of everything else each sector of 512 bytes is on the disk or is not, with
/// what the file had there after any of the writes to it. Of names that nobody synced, the first few are there: file
/// systems keep the order of names. The operation under way counts as not synced.
void write_image(const std::vector<io_operation>& recording, const power_loss& loss,
                 const std::filesystem::path& into);

} // namespace tusker::faults
