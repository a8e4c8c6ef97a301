#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/lmdb_store.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace tusker {

// What stands beside the events of a shard's streams until it is taken back: timers, outbox entries, notes.

/// Takes back and puts what the item says. REQUIRES: the tables were opened by a writer. Errors: as `lmdb_put`.
[[nodiscard]] auto put_side_entries(const journal_rows& rows, const lmdb_tables& tables,
                                    const append_item& item) -> result<void>;

/// Whether the shard has that timer, just as it stands there. Errors: as `lmdb_get`.
[[nodiscard]] auto has_timer(const journal_rows& rows, const lmdb_tables& tables, shard_id shard,
                             const timer_entry& timer) -> result<bool>;

// As in `journal_reader`. Errors: `journal_errc::corrupt`, `io_error`.
[[nodiscard]] auto find_timers(const journal_rows& rows, const lmdb_tables& tables, shard_id shard,
                               const std::optional<timer_key>& after, timestamp until, std::size_t timers_max)
    -> result<std::vector<timer_entry>>;
[[nodiscard]] auto find_outbox(const journal_rows& rows, const lmdb_tables& tables, shard_id shard,
                               const std::optional<uuid>& after, std::size_t entries_max)
    -> result<std::vector<outbox_entry>>;
/// `shard`: the owner's.
[[nodiscard]] auto find_notes(const journal_rows& rows, const lmdb_tables& tables, shard_id shard,
                              const stream_id& owner, const note_range& range, std::size_t notes_max)
    -> result<std::vector<stream_note>>;

} // namespace tusker
