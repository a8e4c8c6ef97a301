#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker {

struct compaction_report {
  log_offset head;
  std::uint64_t bytes_before = 0; ///< Of the data file.
  std::uint64_t bytes_after = 0;
  std::uint64_t events_emptied = 0; ///< See `compact_copy_report`.
};

/// Makes a journal's data file as small as what it holds: a compacting copy in the folder `compacted.partial` beside
/// it, which is verified and then takes its place by one rename. Whoever dies before that leaves the journal as it was.
/// Holds the owner's lock, and needs room for the copy. Errors: those of `open_lmdb_journal`; `journal_errc::locked`
/// while another process has the journal open, for reading too; `storage_full`, `io_error`, `corrupt` (then the journal
/// is as it was).
[[nodiscard]] auto compact_journal(const std::filesystem::path& directory) -> result<compaction_report>;

} // namespace tusker
