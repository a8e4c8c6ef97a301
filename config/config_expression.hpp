#pragma once

#include <tusker/model/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// What a string of a config says: a text, or an operator with its arguments, which are texts or operators in turn.
///
///   string    = text | "@@" text | operator            "@@" is a text that begins with one @
///   operator  = "@" name "(" [ argument { "," argument } ] ")"
///   argument  = operator | '"' text '"' | "'" text "'"  a backslash takes the next letter as it is
struct config_expression {
  bool is_operator = false;
  std::string text; ///< Of a text; of an operator its name, without the @.
  std::vector<config_expression> arguments;
};

/// Operators within operators: no more.
inline constexpr std::size_t operators_deep_max = 8;

/// Errors: `config_errc::malformed` with what was expected.
[[nodiscard]] auto parse_expression(std::string_view text) -> result<config_expression>;

} // namespace tusker
