#include <tusker/http/http_request.hpp>

#include <algorithm>

namespace tusker {

auto http_request::header(std::string_view name) const -> std::optional<std::string_view> {
  auto found =
      std::find_if(headers.begin(), headers.end(), [name](const auto& each) { return each.first == name; });
  return found == headers.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

} // namespace tusker
