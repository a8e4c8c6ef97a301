#include <tusker/http/http_routes.hpp>

#include <tusker/http/request_target.hpp>

#include <utility>

namespace tusker {

namespace {

auto matched(const std::vector<std::string>& path, const std::vector<std::string>& given)
    -> std::optional<http_routes::wildcards> {
  if (path.size() != given.size())
    return std::nullopt;
  http_routes::wildcards found;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] == "*" && !given[at].empty())
      found.push_back(given[at]);
    else if (path[at] != given[at])
      return std::nullopt;
  }
  return found;
}

/// `allowed`: the methods that the path has.
auto nobody_has_it(const std::string& allowed) -> http_response {
  if (allowed.empty())
    return error_response(404, "not_found", "there is nothing at this path");
  auto response = error_response(405, "method_not_allowed", "this takes " + allowed);
  response.headers.emplace_back("Allow", allowed);
  return response;
}

} // namespace

auto http_routes::add(std::string_view method, std::string_view path, handler answer) -> http_routes& {
  auto target = parse_target(path);
  routes_.push_back({std::string(method), target ? std::move(target->path) : std::vector<std::string>(),
                     std::move(answer)});
  return *this;
}

auto http_routes::find(const http_request& head) const -> finding {
  auto method = head.method == "HEAD" ? std::string_view("GET") : head.method;
  finding found;
  for (const auto& each : routes_) {
    auto segments = matched(each.path, head.path);
    if (!segments)
      continue;
    if (each.method == method)
      return {&each, std::move(*segments), {}};
    found.allowed.append(found.allowed.empty() ? "" : ", ").append(each.method);
  }
  return found;
}

auto http_routes::answer(const http_request& request) const -> http_response {
  auto found = find(request);
  return found.has_it != nullptr ? found.has_it->answer(request, found.segments)
                                 : nobody_has_it(found.allowed);
}

auto http_routes::refusal(const http_request& head) const -> std::optional<http_response> {
  auto found = find(head);
  return found.has_it != nullptr ? std::nullopt : std::optional(nobody_has_it(found.allowed));
}

} // namespace tusker
