#include <tusker/http/head_check.hpp>

#include <tusker/http/request_target.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tusker {

namespace {

auto lower_case(std::string_view text) -> std::string {
  std::string lower(text);
  for (auto& c : lower)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

/// `Bearer TOKEN`; the word in any case. Of two such headers none counts: a proxy may have looked at the other one.
auto is_authorized(const http_request& request, const secret& token) -> bool {
  constexpr std::string_view scheme = "bearer ";
  auto header = request.single_header("authorization");
  auto given = header ? *header : std::nullopt;
  if (!given || given->size() < scheme.size() || !is_field_name(given->substr(0, scheme.size()), scheme))
    return false;
  auto text = given->substr(scheme.size());
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return token.matches(text);
}

auto unauthorized() -> http_response {
  auto refusal = error_response(401, "unauthorized", "this takes the header 'Authorization: Bearer TOKEN'");
  refusal.headers.emplace_back("WWW-Authenticate", "Bearer");
  return refusal;
}

} // namespace

auto request_of(const framed_head& head) -> result<http_request> {
  auto target = parse_target(head.target);
  if (!target)
    return fail(target.error());
  http_request known;
  known.method = head.method;
  known.path = std::move(target->path);
  known.params = std::move(target->params);
  known.headers.reserve(head.fields.size());
  for (const auto& [name, value] : head.fields)
    known.headers.emplace_back(lower_case(name), value);
  return known;
}

auto refusal_of(const http_request& head, const http_service& service, const secret& token)
    -> std::optional<http_response> {
  auto is_open = service.is_open && service.is_open(head);
  if (!token.is_empty() && !is_open && !is_authorized(head, token))
    return unauthorized();
  return service.refusal ? service.refusal(head) : std::nullopt;
}

} // namespace tusker
