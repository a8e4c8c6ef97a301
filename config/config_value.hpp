#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

namespace tusker {

/// A number of bytes that was written as such.
struct byte_size {
  std::uint64_t bytes = 0;
};

/// The name of a function that the program has.
struct function_name {
  std::string name;
};

/// A value that is resolved: no operator is left in it.
struct config_value {
  std::variant<bool, std::int64_t, double, std::string, std::chrono::milliseconds, byte_size, function_name>
      content;
  /// It was a text outside of the file (a variable, a flag, another file), so it may be read as whatever its option
  /// takes: `8080` as a number.
  bool is_outside_text = false;
  /// Nobody may see it, and only an option that keeps secrets takes it.
  bool is_secret = false;
  /// Which variable or file it came from, for `config explain`; empty: none.
  std::string origin = {};
};

} // namespace tusker
