#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

/// An answer to a request.
struct http_response {
  int status = 200;
  std::string body = {};
  std::string content_type = "application/json";
  /// Besides those that every answer has.
  std::vector<std::pair<std::string, std::string>> headers = {};
};

/// `{"error":"not_found","message":"there is no order 'o-1'"}`: what every answer that is no success says.
[[nodiscard]] auto error_response(int status, std::string_view error, std::string_view message)
    -> http_response;

/// An answer as it goes over the wire.
struct wire_answer {
  std::string bytes;
  bool closes = false; ///< The connection ends with it.
};

/// An answer as it goes over the wire; `closes`: the connection ends with it.
[[nodiscard]] auto to_wire(const http_response& response, bool closes) -> wire_answer;

/// An answer to HEAD: what another one would say of its body, without the body.
[[nodiscard]] auto to_wire_of_head(const http_response& response, bool closes) -> wire_answer;

/// `Not Found` of 404.
[[nodiscard]] auto reason_of(int status) -> std::string_view;

} // namespace tusker
