#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/row_selection.hpp>

#include <string>
#include <string_view>

namespace tusker {

/// The token of a page whose range goes on behind `place`: hexadecimal digits of a hash (XXH3, its first 8 bytes) of
/// range and place, and of the place.
[[nodiscard]] auto encode_page_token(const row_selection& range, std::string_view place) -> std::string;

/// The place in a token that may come from anybody. Errors: `model_errc::foreign_token` when it is none of this range:
/// of another table, order, part or direction, or changed. It is no defence against somebody who makes one.
[[nodiscard]] auto decode_page_token(const row_selection& range, std::string_view token)
    -> result<std::string>;

} // namespace tusker
