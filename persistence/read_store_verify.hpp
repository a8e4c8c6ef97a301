#pragma once

#include <tusker/persistence/journal_verify.hpp>
#include <tusker/persistence/verify_child.hpp>

namespace tusker {

/// Looks at every page and every entry of an LMDB read store, as `verify_journal` does at a journal: one snapshot,
/// beside a writer too, nothing is changed. The report's `head` stays 0, `id` is the journal's that the rows are of.
/// Errors, where there is nothing to judge: `journal_errc::not_found` (no data there), `unsupported_format` (the
/// store of another format), `io_error`. REQUIRES: as there, and that there was a read store.
[[nodiscard]] auto verify_read_store(const verify_options& options, verify_place& place)
    -> result<verify_report>;

/// The same in a child process: see `verify_in_child`.
[[nodiscard]] auto verify_read_store_in_child(const verify_options& options, const verify_watch& watch = {})
    -> result<verify_report>;

} // namespace tusker
