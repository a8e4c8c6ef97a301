#pragma once

#include <tusker/model/growing_bytes.hpp>
#include <tusker/model/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tusker {

/// Writes JSON (RFC 8259) straight into a string, without a tree in between. Calls must nest as JSON does:
/// inside an object, each value follows its `key`. A value that JSON cannot hold makes `finish` fail.
class json_writer {
public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  void key(std::string_view name);
  void null() { raw("null"); }
  void boolean(bool value) { raw(value ? "true" : "false"); }
  void integer(std::int64_t value);
  void unsigned_integer(std::uint64_t value);
  void number(double value);
  void text(std::string_view value);

  /// Says that the value here cannot be written; `null` takes its place and `finish` fails.
  void refuse(std::string_view what);

  /// The value that was written. Errors: `model_errc::not_encodable`.
  [[nodiscard]] auto finish() && -> result<std::string>;

private:
  void open(char bracket);
  void close(char bracket);
  void raw(std::string_view token);
  template <class Number>
  void digits(Number value);
  /// A comma, where one belongs, and the text in quotes, with its escapes.
  void quoted(std::string_view value);
  void escape_into(std::string_view value);
  void escaped(char c);
  /// Puts the comma, where one belongs; the byte behind it.
  auto separated(char* at) const -> char*;
  /// As it stands in the JSON; for what is told of a fault.
  [[nodiscard]] auto last_key() const -> std::string_view;

  growing_bytes out_;
  std::string fault_;
  std::size_t key_at_ = 0;
  std::size_t key_bytes_ = 0;
  bool needs_comma_ = false;
};

} // namespace tusker
