#pragma once

#include <tusker/model/error.hpp>

#include <string_view>

namespace tusker::cli {

/// What a program of the project says by its exit status. The numbers are part of the interface.
enum class exit_status : int {
  ok = 0,
  failed = 1,    ///< The work was done, but some input or a check failed; or anything not named below.
  usage = 2,     ///< The command line or the config is wrong; nothing was done.
  not_found = 3, ///< A file, a journal, a stream, a projection or an order is not there or cannot be opened.
  journal_unavailable =
      4, ///< There is a journal or a read store, but it is locked, damaged, full or of another format.
  interrupted = 130, ///< SIGINT or SIGTERM; what was acknowledged before is durable.
};

/// For the end of every `--help`.
inline constexpr std::string_view exit_status_help =
    "Exit status:\n"
    "  0    all is well\n"
    "  1    some input or a check failed; standard error says which\n"
    "  2    the command line or the config is wrong; nothing was done\n"
    "  3    a file, journal, stream, projection or order is not there or cannot be opened\n"
    "  4    the journal is locked by another process, damaged, full or of another format\n"
    "  130  interrupted\n";

/// The exit status that an error leads to.
[[nodiscard]] auto exit_status_of(const error& failure) -> exit_status;

} // namespace tusker::cli
