#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_copy.hpp>

#include <filesystem>

namespace tusker {

/// Makes a backup of the journal in `from`, a journal as well, in the folder `to`: all of the journal up to one commit,
/// receipts, timers, outbox, notes and snapshots too; verified before it has its name. Also while a node runs. It has
/// the journal's id: it is for `restore_journal`, or to be read, and not to be written to. Errors: those of
/// `draft_folder` and of `copy_journal`. REQUIRES: as `copy_journal`.
[[nodiscard]] auto back_up_journal(const std::filesystem::path& from, const std::filesystem::path& to,
                                   copy_form form) -> result<journal_copy>;

/// Makes a journal in the folder `to` out of a backup; verified before it has its name. It gets an id of its own: from
/// there on it says something else than the journal that was backed up, and a read store that was made of that one, and
/// may be ahead, is refused beside it. Errors: as `back_up_journal`. REQUIRES: as `copy_journal`.
[[nodiscard]] auto restore_journal(const std::filesystem::path& from, const std::filesystem::path& to)
    -> result<journal_copy>;

} // namespace tusker
