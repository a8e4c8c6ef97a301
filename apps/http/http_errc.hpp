#pragma once

#include <system_error>

namespace tusker {

/// What can go wrong with HTTP.
enum class http_errc {
  cannot_listen = 1, ///< The address cannot be bound: it is taken, or not one of this machine.
  unreachable,       ///< Nobody answers at the address, or the answer broke off.
  too_large,         ///< The answer is larger than the client takes.
  bad_request,       ///< What was asked makes no sense; the message says where.
  not_stopped,       ///< Requests were still being answered when the time for the stop was over.
};

[[nodiscard]] auto http_category() noexcept -> const std::error_category&;
[[nodiscard]] auto make_error_code(http_errc code) noexcept -> std::error_code;

} // namespace tusker

template <>
struct std::is_error_code_enum<tusker::http_errc> : std::true_type {};
