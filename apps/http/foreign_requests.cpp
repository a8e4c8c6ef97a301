#include <tusker/http/foreign_requests.hpp>

#include <tusker/config/http_options.hpp>
#include <tusker/http/request_framing.hpp>
#include <tusker/model/quoted_text.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace tusker {

namespace {

constexpr int forbidden = 403;
constexpr int unsupported_media_type = 415;

auto is_for_loopback(const http_request& head) -> bool {
  auto host = std::string(head.header("host").value_or("localhost"));
  if (host.find(':') == std::string::npos || host.ends_with(']'))
    host += ":0";
  auto asked = parse_http_address(host);
  return asked && is_loopback(*asked);
}

auto has_body(const http_request& head) -> bool {
  auto length = head.header("content-length").value_or("0");
  return length.find_first_not_of('0') != std::string_view::npos;
}

/// `application/json`, in any case, with or without parameters.
auto is_json(std::string_view media) -> bool {
  auto type = media.substr(0, media.find(';'));
  type = type.substr(0, type.find_last_not_of(" \t") + 1);
  return is_field_name(type, "application/json");
}

} // namespace

auto refusal_of_web_page(const http_request& head) -> std::optional<http_response> {
  if (!head.header("origin") && is_for_loopback(head))
    return std::nullopt;
  return error_response(
      forbidden, "forbidden",
      "without a token this answers programs that ask a loopback address, and no web pages");
}

auto refusal_of_other_media(const http_request& head) -> std::optional<http_response> {
  if (!has_body(head))
    return std::nullopt;
  auto media = head.single_header("content-type");
  if (media && *media && is_json(**media))
    return std::nullopt;
  std::string given = "more than one content-type";
  if (media)
    given = *media ? "the content-type " + quoted(**media) : "no content-type";
  return error_response(unsupported_media_type, "unsupported_media_type",
                        "the body has " + given + "; it must be 'application/json'");
}

} // namespace tusker
