#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/append_verdict.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/shard_claim.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace tusker {

/// The durable log of all streams, and what commits with them. One instance writes at a time; its functions below
/// may be called from any thread, one call after the other.
class journal : public journal_reader {
public:
  /// Decides about every item in order and records those that pass, all in one commit; returns one verdict an item
  /// after the commit is durable. A refused item rejects itself and nothing else; items of one stream chain.
  /// An item is checked in this order: limits, epoch, command id, expected version.
  /// Errors, for the batch as a whole: `journal_errc::storage_full` (nothing was written; try again later),
  /// `io_error` (unknown; the journal takes nothing more until it is opened again), `corrupt`, `read_only`.
  [[nodiscard]] virtual auto append(std::span<const append_item> batch)
      -> result<std::vector<append_verdict>> = 0;

  /// Takes shards over, all in one commit: each whose epoch is still `seen` gets the next epoch and this owner.
  /// Returns the epoch of each after the call; it was claimed if that is `seen + 1`.
  /// Errors: as `append`, and `invalid_item` for a shard the journal does not have.
  [[nodiscard]] virtual auto claim(std::span<const shard_claim> claims, std::string_view owner)
      -> result<std::vector<epoch>> = 0;

  /// Whether `reopen` can be of use.
  [[nodiscard]] virtual auto is_reopenable() const -> bool { return false; }

  /// Closes the journal and opens it again, after an error that stopped it: what is durable is found again and
  /// verified. Reads meanwhile fail with `journal_errc::reopening`. Errors: those of opening; `reopening` for a journal
  /// that cannot be opened again in place.
  [[nodiscard]] virtual auto reopen() -> result<void> {
    return fail(journal_errc::reopening, "this journal cannot be opened again while it is in use");
  }
};

} // namespace tusker
