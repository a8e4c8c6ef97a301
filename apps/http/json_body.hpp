#pragma once

#include <tusker/model/codec.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/schema.hpp>

#include <string_view>

namespace tusker {

/// Refuses JSON with an object that names a member twice: of two values that somebody gave, none is to be chosen
/// silently. Names are compared as they are meant, whatever escapes they are written with. What is no JSON passes: the
/// codec says what is wrong with it. Errors: `http_errc::bad_request`, with the name.
[[nodiscard]] auto check_member_names(std::string_view json) -> result<void>;

/// The body of a request, by its schema; no body is `{}`. What is stored is not read this way: it was written here.
/// Errors: those of `check_member_names` and of `decode`.
template <has_schema T>
[[nodiscard]] auto decode_json_body(std::string_view body) -> result<T> {
  auto json = body.empty() ? std::string_view("{}") : body;
  if (auto names = check_member_names(json); !names)
    return fail(names.error());
  return decode<T>(json);
}

} // namespace tusker
