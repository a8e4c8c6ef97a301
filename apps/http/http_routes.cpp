#include <tusker/http/http_routes.hpp>

#include <tusker/http/request_target.hpp>

#include <optional>
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

auto not_allowed(const std::string& allowed) -> http_response {
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

auto http_routes::answer(const http_request& request) const -> http_response {
  auto method = request.method == "HEAD" ? std::string("GET") : request.method;
  std::string allowed;
  for (const auto& each : routes_) {
    auto found = matched(each.path, request.path);
    if (!found)
      continue;
    if (each.method == method)
      return each.answer(request, *found);
    allowed += (allowed.empty() ? "" : ", ") + each.method;
  }
  return allowed.empty() ? error_response(404, "not_found", "there is nothing at this path")
                         : not_allowed(allowed);
}

} // namespace tusker
