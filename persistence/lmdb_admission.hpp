#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_alarm.hpp>

namespace tusker {

/// Decides whether a journal's data may be mapped. Nothing is mapped blindly: meta pages are read beforehand, and
/// where the alarm was raised, or the file ends before its last page, all is verified, in a child process. A journal
/// that is found sound gets its alarm taken back; one that is not is refused with its first fault, now and from now
/// on, until a verification finds it sound. A reader believes an alarm that says `damaged`, and changes none.
/// Errors: `journal_errc::corrupt`, `unsupported_format`, `io_error`. REQUIRES: a writer holds the owner's lock.
[[nodiscard]] auto admit_journal(const journal_options& options, const journal_alarm& alarm) -> result<void>;

} // namespace tusker
