#pragma once

#include <caf/error.hpp>

#include <exception>

namespace tusker {

/// For an actor's `set_exception_handler`: the actor ends, and what was thrown is its reason.
[[nodiscard]] auto error_of_exception(std::exception_ptr& thrown) -> caf::error;

} // namespace tusker
