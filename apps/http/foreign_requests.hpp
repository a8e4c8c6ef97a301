#pragma once

#include <tusker/http/http_request.hpp>
#include <tusker/http/http_response.hpp>

#include <optional>

namespace tusker {

// What a server without a token refuses, since everybody who looks at a web page on its machine could be made to send
// it. For `http_service::refusal`: all of it is told by the head of a request.

/// 403 for what a web page sends: with its origin, or, where a name was made to point here, under that name. Programs
/// name no origin, and ask a loopback address.
[[nodiscard]] auto refusal_of_web_page(const http_request& head) -> std::optional<http_response>;

/// 415 for a body that is not said to be `application/json`: a page can send texts and forms anywhere without being
/// asked, JSON it cannot.
[[nodiscard]] auto refusal_of_other_media(const http_request& head) -> std::optional<http_response>;

} // namespace tusker
