#pragma once

#include <tusker/model/result.hpp>

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
  void separate();
  void quoted(std::string_view value);
  void escaped(char c);

  std::string out_;
  std::string fault_;
  std::string last_key_;
  bool needs_comma_ = false;
};

} // namespace tusker
