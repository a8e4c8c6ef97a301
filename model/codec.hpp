#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/json_codec.hpp>
#include <tusker/model/json_document.hpp>
#include <tusker/model/json_writer.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/schema.hpp>

#include <string>
#include <string_view>
#include <type_traits>

namespace tusker {

/// The JSON of a value, by its schema. Errors: `model_errc::not_encodable`.
template <has_schema T>
[[nodiscard]] auto encode(const T& value) -> result<std::string> {
  json_writer out;
  json_codec<T>::write(out, value);
  return std::move(out).finish();
}

/// As `decode_into`, by way of a document: slower, with the same outcome for every text.
template <has_schema T>
[[nodiscard]] auto decode_document_into(std::string_view json, T& value) -> result<void> {
  auto document = json_document::parse(json);
  if (!document)
    return fail(document.error().code(), std::string(T::schema.name) + ": " + document.error().message());
  decode_context context(T::schema.name);
  if (!json_codec<T>::read(document->root(), value, context))
    return fail(context.take_fault());
  return {};
}

/// Reads a value by its schema into `value`, which is as it was made by default. Members that the schema does not have
/// are passed over. Errors: `model_errc::malformed_json`; `model_errc::schema_mismatch`, which names the place in the
/// JSON; the value is then of no use.
template <has_schema T>
[[nodiscard]] auto decode_into(std::string_view json, T& value) -> result<void> {
  if constexpr (is_read_plain<T>() && std::is_move_assignable_v<T>) {
    json_reader in(json);
    json_codec<T>::read_plain(in, value);
    if (in.is_finished())
      return {};
    value = T{};
  }
  return decode_document_into(json, value);
}

/// The same, returned.
template <has_schema T>
[[nodiscard]] auto decode(std::string_view json) -> result<T> {
  result<T> value(tl::in_place);
  if (auto decoded = decode_into(json, *value); !decoded)
    return fail(decoded.error());
  return value;
}

/// A value with its type's name and version, ready to travel. Errors: `model_errc::not_encodable`.
template <has_schema T>
[[nodiscard]] auto encode_message(const T& value) -> result<encoded_message> {
  auto json = encode(value);
  if (!json)
    return fail(json.error().code(), std::string(T::schema.name) + ": " + json.error().message());
  return encoded_message{std::string(T::schema.name), T::schema.version, std::move(*json)};
}

} // namespace tusker
