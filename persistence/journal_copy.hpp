#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/draft_folder.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker {

/// How a journal's data are copied.
enum class copy_form {
  as_it_is, ///< Page by page: the quickest.
  compact,  ///< Entry by entry, without free pages and without what events say that no reader is shown.
};

/// Whether a copy is the same journal.
enum class copy_identity {
  same, ///< A backup: it stands for the journal as it was.
  own,  ///< A journal that goes on from there: what it will say is not what the first one said.
};

/// A copy of a journal that was found sound.
struct journal_copy {
  uuid id;                          ///< Of the copy.
  uuid origin;                      ///< Of the journal that it was made of.
  log_offset head;                  ///< Its last event.
  std::uint64_t bytes = 0;          ///< Of its data file.
  std::uint64_t events_emptied = 0; ///< See `compact_copy_report`.
};

/// Fills a folder with a copy of the journal in `from` as one commit left it, also while somebody writes to it, whose
/// owner's lock is not touched; and verifies the copy. Errors: those of `open_lmdb_journal` for reading;
/// `journal_errc::corrupt` when the copy is damaged, `storage_full`, `io_error`.
/// REQUIRES: this process does not have the journal open.
[[nodiscard]] auto copy_journal(const std::filesystem::path& from, const draft_folder& to, copy_form form,
                                copy_identity identity) -> result<journal_copy>;

/// Verifies the journal in a folder in a child process, and leaves in the folder only what a journal is made of.
/// Returns its head. Errors: `journal_errc::corrupt` with the first fault; those of `verify_in_child`.
[[nodiscard]] auto check_copy(const std::filesystem::path& folder) -> result<log_offset>;

} // namespace tusker
