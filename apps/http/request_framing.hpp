#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tusker {

/// How large a request may be.
struct request_limits {
  std::size_t header_bytes_max = 0;
  std::size_t header_fields_max = 0;
  std::size_t body_bytes_max = 0;
};

/// A line of a request is no longer; the library that reads requests takes no more than 8 KiB.
inline constexpr std::size_t header_line_bytes_max = 8'000;

/// Where a request ends, and what it is for.
struct framed_head {
  std::string_view method;
  std::string_view target;
  bool is_http_1_0 = false;
  /// As they came, but for the space around the values.
  std::vector<std::pair<std::string_view, std::string_view>> fields;
  std::size_t head_bytes = 0; ///< Up to the body.
  std::size_t body_bytes = 0; ///< As the request says.
  /// The client waits for a word before it sends the body.
  bool waits_to_continue = false;
  /// The client takes no further answer on this connection: it says so, or speaks HTTP/1.0 and does not say otherwise.
  bool closes = false;
};

/// The request is not there up to its body.
struct head_is_incomplete {};

/// Nothing can be done with it; the connection ends with the answer.
struct framing_fault {
  int status = 400;
  std::string error;
  std::string message;
};

using framing = std::variant<head_is_incomplete, framed_head, framing_fault>;

/// Looks for the head of a request at the front of `bytes`: RFC 9112, strictly, for this is where a request is told
/// from what follows it. A body has a Content-Length; chunks are refused (411), as is everything that could be read in
/// two ways. The views are of `bytes`. Never looks at more than `header_bytes_max` bytes.
[[nodiscard]] auto frame_head(std::string_view bytes, const request_limits& limits) -> framing;

/// Whether two names of fields are the same, whatever their case.
[[nodiscard]] auto is_field_name(std::string_view given, std::string_view lower_case) -> bool;

} // namespace tusker
