#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/verify_child.hpp>
#include <tusker/persistence/verify_notes.hpp>
#include <tusker/persistence/verify_report.hpp>

namespace tusker {

/// Looks at the files of an LMDB environment, and notes what it finds.
using file_check = auto(*)(const verify_options& options, verify_notes& notes) -> result<void>;

/// A whole verification by `check`, with the seconds that it took. What LMDB itself says is damaged is a fault like any
/// other. Errors: those of `check`, but for `journal_errc::corrupt`.
[[nodiscard]] auto run_verification(const verify_options& options, verify_place& place, file_check check)
    -> result<verify_report>;

} // namespace tusker
