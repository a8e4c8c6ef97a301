#pragma once

#include <tusker/model/result.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

/// What a request is for.
struct request_target {
  std::vector<std::string> path;
  std::vector<std::pair<std::string, std::string>> params;

  friend auto operator==(const request_target&, const request_target&) -> bool = default;
};

/// Reads `/orders/a%2Fb?limit=5`. Strict: a `%` that is not followed by two hexadecimal digits is an error, as are
/// control characters in what it comes to and text that is not UTF-8. Errors: `http_errc::bad_request` with the place.
[[nodiscard]] auto parse_target(std::string_view target) -> result<request_target>;

/// Text as a segment of a path or a value of a parameter: all but letters, digits and `-._~` is escaped.
[[nodiscard]] auto escaped_in_target(std::string_view text) -> std::string;

} // namespace tusker
