#pragma once

#include <tusker/http/http_server.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace tusker {

inline constexpr std::chrono::milliseconds soon{100};
inline constexpr std::chrono::milliseconds ages = std::chrono::minutes(5);

inline auto options_of_tests() -> http_options {
  http_options options;
  options.read_timeout = ages;
  options.write_timeout = ages;
  options.idle_timeout = ages;
  return options;
}

/// Answers with what was asked.
inline auto echo(const http_request& request) -> http_response {
  http_response response;
  response.content_type = "text/plain";
  response.body = request.method;
  for (const auto& segment : request.path)
    response.body += " " + segment;
  response.body += " [" + request.body + "].";
  return response;
}

inline auto opened(const http_options& options, http_service service = {echo}) -> http_server {
  return http_server::open(options, std::move(service)).value();
}

inline auto get(const std::string& target) -> std::string {
  return "GET " + target + " HTTP/1.1\r\nHost: here\r\n\r\n";
}

inline auto post(const std::string& body) -> std::string {
  return "POST /in HTTP/1.1\r\nHost: here\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

} // namespace tusker
