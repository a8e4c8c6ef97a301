#include "fuzz_target.hpp"

#include <tusker/http/head_check.hpp>
#include <tusker/http/http_exchange.hpp>
#include <tusker/http/http_params.hpp>
#include <tusker/http/http_routes.hpp>
#include <tusker/http/request_framing.hpp>
#include <tusker/http/request_target.hpp>

#include <utility>
#include <variant>

// A request is framed in one way however it comes in parts, and what is framed is answered, by a status, within memory
// that the limits bound.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  return {
      "GET /orders?status=pending&limit=5 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer t\r\n\r\n",
      "POST /orders HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nIdempotency-Key: k\r\n\r\n{}",
      "POST /o/a%2Fb/cancel HTTP/1.0\r\nIf-Match: \"3\"\r\nConnection: Keep-Alive\r\n\r\n",
      "HEAD / HTTP/1.1\r\nRange: bytes=0-,0-\r\nAccept-Encoding: gzip\r\nExpect: 100-continue\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  };
}

namespace {

constexpr request_limits limits{512, 8, 64};

auto status_of(const framing& framed) -> int {
  const auto* fault = std::get_if<framing_fault>(&framed);
  return fault == nullptr ? 0 : fault->status;
}

/// A head that is whole stays what it is whatever comes behind it, and is not whole before.
void check_cuts(std::string_view bytes, const framing& framed) {
  const auto* head = std::get_if<framed_head>(&framed);
  if (head == nullptr)
    return;
  require(head->head_bytes <= bytes.size() && head->head_bytes <= limits.header_bytes_max,
          "a head is longer than it may be");
  require(head->body_bytes <= limits.body_bytes_max, "a body is longer than it may be");
  require(head->fields.size() <= limits.header_fields_max, "there are more fields than there may be");
  auto alone = frame_head(bytes.substr(0, head->head_bytes), limits);
  require(std::holds_alternative<framed_head>(alone), "a head is another one without what follows it");
  auto cut = frame_head(bytes.substr(0, head->head_bytes - 1), limits);
  require(std::holds_alternative<head_is_incomplete>(cut), "a head is whole without its end");
}

/// What a target says can be written again.
void check_target(std::string_view target) {
  auto parsed = parse_target(target);
  if (!parsed)
    return;
  std::string again;
  for (const auto& segment : parsed->path)
    again += "/" + escaped_in_target(segment);
  again += again.empty() ? "/?" : "?";
  for (const auto& [name, value] : parsed->params)
    again += escaped_in_target(name) + "=" + escaped_in_target(value) + "&";
  require(parse_target(again) == parsed, "a target that is written again is another one");
}

auto answered(const http_request& request) -> http_response {
  http_params params(request);
  (void)params.number("limit", 1, 100);
  (void)params.text("status");
  (void)params.flag("open");
  if (auto read = params.finish(); !read)
    return error_response(400, "bad", read.error().message());
  http_response response;
  response.body = request.body;
  return response;
}

void check_answer(std::string_view bytes, const framed_head& head) {
  static const http_service service{answered};
  static const secret token("t");
  static http_exchange exchange(service);
  auto request = request_of(head);
  if (!request || bytes.size() < head.head_bytes + head.body_bytes)
    return;
  auto refusal = refusal_of(*request, service, token);
  require(!refusal || refusal->status == 401, "a request is refused for another reason than its token");
  request->body = bytes.substr(head.head_bytes, head.body_bytes);
  auto answer = exchange.answer({std::string(bytes.substr(0, head.head_bytes)), std::move(*request)});
  require(answer.bytes.substr(0, 9) == "HTTP/1.1 ", "a request has no answer");
  require(answer.bytes.size() < 4'096, "an answer is larger than what it answers");
}

} // namespace

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  auto bytes = text_of(data, size);
  auto framed = frame_head(bytes, limits);
  check_cuts(bytes, framed);
  require(status_of(framed) == 0 || (status_of(framed) >= 400 && status_of(framed) < 600),
          "a fault has no status");
  check_target(bytes);
  if (const auto* head = std::get_if<framed_head>(&framed)) {
    check_target(head->target);
    check_answer(bytes, *head);
  }
  return 0;
}
