#pragma once

#include <system_error>

namespace tusker {

/// What can be wrong with options.
enum class config_errc {
  out_of_range = 1, ///< A number is outside of its limits.
  missing,          ///< A value that has no default is not given.
  malformed,        ///< A text is not what it should be: a time, a size, an operator.
  wrong_type,    ///< A value is of another type than its option, or a function of another one than is wanted.
  unknown_name,  ///< There is no section, option, function or variable of that name.
  unreadable,    ///< A file that is named cannot be read.
  not_supported, ///< It is declared, and cannot be done yet.
};

[[nodiscard]] auto config_category() noexcept -> const std::error_category&;
[[nodiscard]] auto make_error_code(config_errc code) noexcept -> std::error_code;

} // namespace tusker

template <>
struct std::is_error_code_enum<tusker::config_errc> : std::true_type {};
