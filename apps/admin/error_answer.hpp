#pragma once

#include <tusker/http/http_response.hpp>
#include <tusker/model/error.hpp>

namespace tusker {

/// The HTTP status that an error leads to.
[[nodiscard]] auto http_status_of(const error& failure) -> int;

/// An error as an answer: `error` is its code's name. A version conflict has `expected` and `actual` besides, a
/// rejection its type as `rejection`, and its `content`. What asks to come again says when, in `Retry-After`.
[[nodiscard]] auto answer_of(const error& failure) -> http_response;

} // namespace tusker
