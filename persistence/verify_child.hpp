#pragma once

#include <tusker/persistence/journal_verify.hpp>

#include <functional>

namespace tusker {

/// Called in the parent while the child works, some five times a second, with where it is.
using verify_watch = std::function<void(const verify_place&)>;

/// `verify_journal` in a child process, so that a damaged file, whose pages LMDB follows blindly, cannot take this
/// process along. If the child is ended by a signal, that is a fault of the report, with the table and the place
/// where the walk was. Has no time limit; the child dies with the thread that called. May be called while the
/// journal is open, here too. Errors: those of `verify_journal`; `io_error` when there is no child to be had.
[[nodiscard]] auto verify_in_child(const verify_options& options, const verify_watch& watch = {})
    -> result<verify_report>;

/// The same with another verification: that of a read store, or a test's of what happens to the child.
using verification = std::function<result<verify_report>(const verify_options&, verify_place&)>;
[[nodiscard]] auto run_in_child(const verification& verify, const verify_options& options,
                                const verify_watch& watch = {}) -> result<verify_report>;

} // namespace tusker
