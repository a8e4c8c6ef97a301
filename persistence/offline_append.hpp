#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/journal.hpp>

namespace tusker {

// For who writes to a journal while no node runs. REQUIRES: the journal is this process's to write, and no runtime has
// it.

/// The epoch under which the shard is written: that of whoever owned it last, who is gone. Errors: those of
/// `journal::shard_owners`.
[[nodiscard]] auto epoch_now(const journal& of, shard_id shard) -> result<epoch>;

/// Records an item that nobody has recorded before. Errors: its own; why it was refused; `journal_errc::fenced` for any
/// other verdict, which only another writer can bring about.
[[nodiscard]] auto append_offline(journal& to, const result<append_item>& item) -> result<void>;

} // namespace tusker
