#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/lmdb_store.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker {

/// What a compacting copy left behind besides free pages.
struct compact_copy_report {
  /// Events that were truncated, or are of a stream with a tombstone, and lost what they still said.
  std::uint64_t events_emptied = 0;
};

/// Copies a journal's entries in the order of their keys into a new data file, as one commit left them: without free
/// pages, and full pages where there were half empty ones. Events that no reader is shown keep their places, but say
/// nothing more: `null` and no metadata. The copy is durable; its name is not yet. Errors: as `lmdb_error`;
/// `journal_errc::corrupt` for an event that cannot be read.
[[nodiscard]] auto copy_compacted(const lmdb_store& from, const std::filesystem::path& to)
    -> result<compact_copy_report>;

} // namespace tusker
