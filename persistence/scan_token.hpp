#pragma once

#include <tusker/model/read_query.hpp>
#include <tusker/model/result.hpp>

#include <string>
#include <string_view>

namespace tusker {

/// Where a scan stands: at a row, found by its own key or by one of its index keys.
struct scan_place {
  std::string index_key = {}; ///< Empty when the scan is by the rows' own keys.
  std::string key;

  friend auto operator==(const scan_place&, const scan_place&) -> bool = default;
  friend auto operator<=>(const scan_place&, const scan_place&) = default;
};

/// The token of a scan that goes on behind `place`. Never empty.
[[nodiscard]] auto encode_token(const scan_request& of, const scan_place& place) -> std::string;

/// The place in a request's token, which may come from anybody. Errors: `read_store_errc::invalid` when it is no token
/// of a scan of that kind. REQUIRES: `of.after` is not empty.
[[nodiscard]] auto decode_token(const scan_request& of) -> result<scan_place>;

} // namespace tusker
