#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tusker {

// JSON as text: what must come back digit by digit is not read and written anew. REQUIRES of all: what is given was
// read as JSON before (`json_document::parse`).

/// Without the white space between tokens, which puts it on one line.
[[nodiscard]] auto compact_json_text(std::string_view json) -> std::string;

/// The text of a member's value in an object, of the first if several have that name; none when there is none.
/// REQUIRES: the member's name needs no escapes, and neither do the others of the object.
[[nodiscard]] auto json_member_text(std::string_view object, std::string_view name)
    -> std::optional<std::string_view>;

} // namespace tusker
