#pragma once

#include <tusker/http/known_members.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/decode_context.hpp>
#include <tusker/model/json_document.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/schema.hpp>

#include <string_view>

namespace tusker {

/// Refuses JSON with an object that names a member twice: of two values that somebody gave, none is to be chosen
/// silently. Names are compared as they are meant, whatever escapes they are written with. Errors:
/// `http_errc::bad_request`, with the name.
[[nodiscard]] auto check_member_names(const json_value& root) -> result<void>;

/// The body of a request, by its schema; no body is `{}`. A member that the schema does not have is refused, with the
/// nearest one: a guard that is misspelt is none, and nobody would hear of it. What is stored is not read this way: it
/// was written here, by this program or by another version of it.
/// Errors: those of `check_member_names` and of `decode`.
template <has_schema T>
[[nodiscard]] auto decode_json_body(std::string_view body) -> result<T> {
  auto json = body.empty() ? std::string_view("{}") : body;
  // What is no JSON passes here: the codec says what is wrong with it.
  if (auto document = json_document::parse(json)) {
    if (auto names = check_member_names(document->root()); !names)
      return fail(names.error());
    decode_context context(T::schema.name);
    if (!known_members<T>::check(document->root(), context))
      return fail(context.take_fault());
  }
  return decode<T>(json);
}

} // namespace tusker
