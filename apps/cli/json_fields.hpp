#pragma once

#include <tusker/model/json_codec.hpp>
#include <tusker/model/json_writer.hpp>

#include <string>
#include <string_view>

namespace tusker::cli {

/// One member of the object that is being written.
template <class Value>
void json_field(json_writer& out, std::string_view name, const Value& value) {
  out.key(name);
  json_codec<Value>::write(out, value);
}
inline void json_field(json_writer& out, std::string_view name, std::string_view value) {
  out.key(name);
  out.text(value);
}
inline void json_field(json_writer& out, std::string_view name, const char* value) {
  json_field(out, name, std::string_view(value));
}

/// What was written, as a line. A value that JSON cannot hold makes it an object with the one key `error`.
[[nodiscard]] auto json_line(json_writer&& out) -> std::string;

/// The JSON of an object with one more member at its end, whose value is JSON already. REQUIRES: `object` is the
/// JSON of an object that has members, `value` is JSON.
[[nodiscard]] auto with_json_member(std::string object, std::string_view name, std::string_view value)
    -> std::string;

} // namespace tusker::cli
