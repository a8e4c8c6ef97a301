#pragma once

#include <tusker/cli/consent.hpp>
#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/persistence/journal_copy.hpp>

#include <filesystem>

namespace tusker::cli {

struct journal_backup_options {
  std::filesystem::path to;
  copy_form form = copy_form::as_it_is;
};

/// `journal backup TO`: a verified copy of the journal up to one commit, also while a node runs. JSON: `backup`,
/// `uuid`, `head`, `bytes`, `events_emptied`.
[[nodiscard]] auto run_journal_backup(const journal_backup_options& wanted, const data_options& options)
    -> exit_status;

struct journal_restore_options {
  std::filesystem::path from;
  consent agreed;
};

/// `journal restore FROM`: a journal out of a backup, in a folder that is not there or empty. JSON: `restored` (false
/// when it was only tried), `from`, `uuid` (null then), `origin`, `head`, `bytes`.
[[nodiscard]] auto run_journal_restore(const journal_restore_options& wanted, const data_options& options)
    -> exit_status;

} // namespace tusker::cli
