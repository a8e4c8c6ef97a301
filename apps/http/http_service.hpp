#pragma once

#include <tusker/config/log_record.hpp>
#include <tusker/http/http_request.hpp>
#include <tusker/http/http_response.hpp>

#include <functional>
#include <optional>

namespace tusker {

/// What a server serves.
struct http_service {
  /// Called by several threads at a time, for requests that were not refused. What it throws is answered 500.
  std::function<http_response(const http_request&)> answer;
  /// Whether a request is answered without the token; null: none is.
  std::function<bool(const http_request&)> is_open = {};
  /// What a request that has the token is refused with by its head alone, so that nobody keeps a body of it: its
  /// `body` has not come. None: it may come; null: nothing is refused. Like `is_open` it is called by the one thread
  /// that waits for all connections: it looks at the head, waits for nothing, and throws nothing.
  std::function<std::optional<http_response>(const http_request& head)> refusal = {};
  /// Is told what keeps the server from serving; null: nobody is.
  log_sink log = {};
};

} // namespace tusker
