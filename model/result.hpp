#pragma once

#include <tusker/model/error.hpp>

#include <tl/expected.hpp>

#include <string>
#include <system_error>
#include <utility>

namespace tusker {

/// A value or an `error`.
template <class T>
using result = tl::expected<T, error>;

/// The error side of a `result`: `return fail(model_errc::malformed_id, "…");`
[[nodiscard]] inline auto fail(std::error_code code, std::string message, error::detail_type detail = {})
    -> tl::unexpected<error> {
  return tl::unexpected<error>(error(code, std::move(message), std::move(detail)));
}

/// Hands an error on: `if (!r) return fail(r.error());`
[[nodiscard]] inline auto fail(error failure) -> tl::unexpected<error> {
  return tl::unexpected<error>(std::move(failure));
}

} // namespace tusker
