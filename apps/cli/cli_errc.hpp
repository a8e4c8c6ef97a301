#pragma once

#include <system_error>

namespace tusker::cli {

/// What can go wrong in a program, besides what the layers below say.
enum class cli_errc {
  usage = 1,        ///< The command line is wrong.
  not_found,        ///< What was asked for is not in the journal.
  cannot_open,      ///< A file is not there or may not be read.
  cannot_read,      ///< A file was opened, and then reading it failed.
  cannot_write,     ///< Standard output or a temporary folder could not be written.
  unexpected,       ///< An exception that no layer should let out.
  declined,         ///< A person was asked, and did not want it; nothing was done.
  node_unavailable, ///< A node runs, and cannot be asked, or does not take the token.
};

[[nodiscard]] auto cli_category() noexcept -> const std::error_category&;
[[nodiscard]] auto make_error_code(cli_errc code) noexcept -> std::error_code;

} // namespace tusker::cli

template <>
struct std::is_error_code_enum<tusker::cli::cli_errc> : std::true_type {};
