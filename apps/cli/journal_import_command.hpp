#pragma once

#include <tusker/cli/consent.hpp>
#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker::cli {

struct journal_import_options {
  std::filesystem::path file; ///< `-`: standard input.
  std::uint16_t shards = 64;  ///< Of the journal that is made.
  consent agreed;
};

/// `journal import FILE`: a journal out of the lines of an export, all or none, in a folder that is not there or empty.
/// Wrong lines are told on standard error. JSON: `imported` (false when it was only tried), `events`, `gone`,
/// `streams`, `moved`.
[[nodiscard]] auto run_journal_import(const journal_import_options& wanted, const data_options& options)
    -> exit_status;

} // namespace tusker::cli
