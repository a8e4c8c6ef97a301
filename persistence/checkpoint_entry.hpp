#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/projection_entry.hpp>
#include <tusker/persistence/read_store.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// A subscription's checkpoint in a log is the offset of an entry without rows among the projections of a read store,
/// `tusker.subscription.LOG.NAME`. Names that begin so are of such entries, and of no projection.
inline constexpr std::string_view checkpoint_entry_prefix = "tusker.subscription.";

/// The name of a checkpoint, in bytes.
inline constexpr std::size_t checkpoint_name_bytes_max = 128;

/// A checkpoint as it is stored.
struct stored_checkpoint {
  std::string name;
  log_id log;
  /// Everything up to here was handled, or was not wanted. None: somebody claimed it, and did not come to begin.
  std::optional<log_offset> offset;
  /// When it was moved last; 1970 without an offset.
  timestamp moved{};
  /// Why nobody may go on from it; empty when everybody may.
  std::string refused;

  friend auto operator==(const stored_checkpoint&, const stored_checkpoint&) -> bool = default;
};

/// Whether an entry of that name is a checkpoint.
[[nodiscard]] constexpr auto is_checkpoint_entry(std::string_view entry) -> bool {
  return entry.starts_with(checkpoint_entry_prefix);
}

/// The name of the entry of a checkpoint. Errors: `read_store_errc::invalid` when its name is empty or has a control
/// character, `too_large` when it is longer than `checkpoint_name_bytes_max`.
[[nodiscard]] auto checkpoint_entry_name(std::string_view checkpoint, log_id log) -> result<std::string>;

/// What an entry says of a checkpoint; none when it is that of a projection.
[[nodiscard]] auto checkpoint_in(const projection_entry& entry) -> std::optional<stored_checkpoint>;

/// All checkpoints of a store, by log and name. Errors: those of `read_store::projections`.
[[nodiscard]] auto checkpoints_of(const read_store& store) -> result<std::vector<stored_checkpoint>>;

/// Has checkpoints refused that are ahead of the journal, until they are dropped: it was restored from a backup, and
/// what they stand for is of a history that is no more. REQUIRES: called before the journal grows, since one that has
/// grown past a checkpoint cannot be told from one that was not restored. Returns how many were found.
/// Errors: those of `read_store::projections`, `set_last_error` and `journal_reader::head`.
auto refuse_checkpoints_ahead(read_store& store, const journal_reader& journal) -> result<std::size_t>;

} // namespace tusker
