#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace tusker {

/// Whether an import makes the journal, or only tells what it would come to.
enum class import_mode { make, rehearse };

struct import_options {
  std::filesystem::path file; ///< Lines of `event_line.hpp`; `-` is standard input.
  std::filesystem::path directory;
  shard_count shards{64}; ///< Of the journal that is made.
  import_mode mode = import_mode::make;
};

struct import_report {
  std::uint64_t events = 0;
  std::uint64_t gone = 0; ///< Of them, events that readers are not shown.
  std::uint64_t streams = 0;
  std::uint64_t moved = 0; ///< Events that stand at another offset than their lines say.
};

/// Told of each line that is wrong: `FILE:LINE: reason`.
using line_fault_watch = std::function<void(const std::string& fault)>;
/// Told from time to time how many lines were read.
using line_watch = std::function<void(std::uint64_t lines)>;

/// Makes a journal in a folder that is not there, or empty, out of lines: the same streams, versions, types, times and
/// metadata, and with a whole export the same offsets. All lines or none: it is made beside its place, verified, and
/// gets its name at the end. Where a line is wrong the others are still looked at, and told; then nothing is made. The
/// journal has an id of its own, and no receipts, timers, outbox, notes or snapshots.
/// Errors: `transfer_errc::malformed_line` (how many), `place_taken`; `journal_errc::not_found` when there is no file,
/// `storage_full`, `io_error`; those of `open_lmdb_journal`.
[[nodiscard]] auto import_journal(const import_options& options, const line_fault_watch& on_fault = {},
                                  const line_watch& on_progress = {}) -> result<import_report>;

} // namespace tusker
