#pragma once

#include <tusker/model/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

/// A request as a whole.
struct http_request {
  std::string method;
  /// The segments of the path, decoded: of `/orders/a%2Fb` they are `orders` and `a/b`; of `/` there are none.
  std::vector<std::string> path;
  /// What stands behind the `?`, decoded, in its order.
  std::vector<std::pair<std::string, std::string>> params;
  /// By names in lower case, in their order.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// The first header of that name. REQUIRES: `name` is in lower case.
  [[nodiscard]] auto header(std::string_view name) const -> std::optional<std::string_view>;

  /// The same of a header that must not come twice, since two of them would say two things. Errors:
  /// `http_errc::bad_request`.
  [[nodiscard]] auto single_header(std::string_view name) const -> result<std::optional<std::string_view>>;
};

} // namespace tusker
