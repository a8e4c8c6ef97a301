#pragma once

#include <tusker/config/secret.hpp>
#include <tusker/http/http_request.hpp>
#include <tusker/http/http_service.hpp>
#include <tusker/http/request_framing.hpp>
#include <tusker/model/result.hpp>

#include <optional>

namespace tusker {

/// A request as its head says it, before its body has come. Errors: `http_errc::bad_request`: its target cannot be
/// read.
[[nodiscard]] auto request_of(const framed_head& head) -> result<http_request>;

/// What a request is refused with by its head alone: 401 without the right token, else what the service says; none: its
/// body may come.
[[nodiscard]] auto refusal_of(const http_request& head, const http_service& service, const secret& token)
    -> std::optional<http_response>;

} // namespace tusker
