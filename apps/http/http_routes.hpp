#pragma once

#include <tusker/http/http_request.hpp>
#include <tusker/http/http_response.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// Who answers which requests.
class http_routes {
public:
  /// The segments that stood for `*`, in their order.
  using wildcards = std::vector<std::string>;
  using handler = std::function<http_response(const http_request&, const wildcards&)>;

  /// Adds a route, such as `GET` and `/orders/*`. A `*` takes one segment that is not empty. The first route that takes
  /// a path has it. HEAD is answered as GET is.
  auto add(std::string_view method, std::string_view path, handler answer) -> http_routes&;

  /// 404 for a path that nobody has, 405 with the methods that there are for another method.
  [[nodiscard]] auto answer(const http_request& request) const -> http_response;

  /// Of these two the one that a request would be answered with, which its head tells; none: a handler has it.
  [[nodiscard]] auto refusal(const http_request& head) const -> std::optional<http_response>;

private:
  struct route {
    std::string method;
    std::vector<std::string> path;
    handler answer;
  };

  struct finding {
    const route* has_it = nullptr;
    wildcards segments;
    std::string allowed; ///< The methods of the path, where nobody has the request.
  };

  [[nodiscard]] auto find(const http_request& head) const -> finding;

  std::vector<route> routes_;
};

} // namespace tusker
