#include <tusker/http/http_response.hpp>

#include <tusker/model/json_writer.hpp>
#include <tusker/model/utf8.hpp>

#include <array>

namespace tusker {

namespace {

constexpr std::array<std::pair<int, std::string_view>, 25> reasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
}};

} // namespace

auto reason_of(int status) -> std::string_view {
  for (const auto& [code, reason] : reasons)
    if (code == status)
      return reason;
  return "Unknown";
}

auto error_response(int status, std::string_view error, std::string_view message) -> http_response {
  json_writer out;
  out.begin_object();
  out.key("error");
  out.text(error);
  out.key("message");
  out.text(message);
  out.end_object();
  http_response response;
  response.status = status;
  // A message may quote what came in, which may be no text.
  response.body = std::move(out).finish().value_or(
      R"({"error":"unreadable","message":"what went wrong cannot be written as text"})");
  return response;
}

auto to_wire(const http_response& response, bool closes) -> wire_answer {
  auto wire = "HTTP/1.1 " + std::to_string(response.status) + " " + std::string(reason_of(response.status)) +
              "\r\nContent-Type: " + response.content_type +
              "\r\nContent-Length: " + std::to_string(response.body.size()) + "\r\n";
  for (const auto& [name, value] : response.headers)
    wire.append(name).append(": ").append(value).append("\r\n");
  return {wire.append(closes ? "Connection: close\r\n\r\n" : "\r\n").append(response.body), closes};
}

auto to_wire_of_head(const http_response& response, bool closes) -> wire_answer {
  auto wire = to_wire(response, closes);
  wire.bytes.resize(wire.bytes.size() - response.body.size());
  return wire;
}

} // namespace tusker
