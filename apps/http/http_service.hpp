#pragma once

#include <tusker/http/http_request.hpp>
#include <tusker/http/http_response.hpp>

#include <functional>

namespace tusker {

/// What a server serves.
struct http_service {
  /// Called by several threads at a time. What it throws is answered 500.
  std::function<http_response(const http_request&)> answer;
  /// Whether a request is answered without the token; null: none is.
  std::function<bool(const http_request&)> is_open = {};
};

} // namespace tusker
