#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/verify_notes.hpp>
#include <tusker/persistence/verify_report.hpp>

#include <cstddef>
#include <filesystem>

namespace tusker {

struct verify_options {
  std::filesystem::path directory;
  /// Faults that are kept with their place; the rest is counted.
  std::size_t faults_max = 100;
};

/// Looks at every page and every entry of an LMDB journal, whoever has it open: one snapshot, which costs a live
/// writer only disk space (pages that it frees meanwhile cannot be used again). Changes nothing. What is wrong is in
/// the report; errors are only where there is nothing to judge: `journal_errc::not_found` (no journal there),
/// `unsupported_format` (something else there), `io_error`.
/// A damaged file can still end the process that maps it, so call `verify_in_child` unless you are that child.
/// REQUIRES: this process does not have the journal open. `place` says where the walk is at any time.
[[nodiscard]] auto verify_journal(const verify_options& options, verify_place& place)
    -> result<verify_report>;

} // namespace tusker
