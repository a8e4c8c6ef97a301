#pragma once

#include <system_error>

namespace tusker {

/// What can go wrong when a journal is copied, restored, exported or imported, besides what can with any journal.
enum class transfer_errc {
  place_taken = 1, ///< There is something already where a journal or a backup is to be made.
  malformed_line, ///< A line of a file that is imported is no event, or does not fit behind the lines before.
  not_exportable, ///< An event cannot be a line of JSON.
};

[[nodiscard]] auto transfer_category() noexcept -> const std::error_category&;
[[nodiscard]] auto make_error_code(transfer_errc code) noexcept -> std::error_code;

} // namespace tusker

template <>
struct std::is_error_code_enum<tusker::transfer_errc> : std::true_type {};
