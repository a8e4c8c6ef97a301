#include <tusker/http/http_request.hpp>

#include <tusker/http/http_errc.hpp>

#include <algorithm>

namespace tusker {

auto http_request::header(std::string_view name) const -> std::optional<std::string_view> {
  auto found =
      std::find_if(headers.begin(), headers.end(), [name](const auto& each) { return each.first == name; });
  return found == headers.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

auto http_request::single_header(std::string_view name) const -> result<std::optional<std::string_view>> {
  auto count =
      std::count_if(headers.begin(), headers.end(), [name](const auto& each) { return each.first == name; });
  if (count > 1)
    return fail(http_errc::bad_request, "header '" + std::string(name) + "': it is given more than once");
  return header(name);
}

} // namespace tusker
