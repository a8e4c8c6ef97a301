#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tusker {

/// Reads a JSON text forward, value by value, without laying it down first. It takes what is plain: texts without
/// escapes, numbers far from the ends of their ranges, objects and arrays that are not nested deep. At anything
/// else, right or wrong, it refuses the text: from there on all calls give nothing, and whoever asked reads the text
/// as a `json_document`, which takes all of JSON and says what is wrong with it. What is read to its end is JSON for a
/// document too.
class json_reader {
public:
  /// The text outlives the reader and the texts got from it.
  explicit json_reader(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  /// Enters an object, in front of its first member. Whether there is one.
  [[nodiscard]] auto begin_object() -> bool { return begin('{', '}'); }
  /// Goes on to the next member, or leaves the object. Whether there was one.
  [[nodiscard]] auto next_member() -> bool { return next('}'); }
  /// The same for an array and its elements.
  [[nodiscard]] auto begin_array() -> bool { return begin('[', ']'); }
  [[nodiscard]] auto next_element() -> bool { return next(']'); }

  /// Passes over the name of the member here if it is this one, and written without a space behind it. REQUIRES: a
  /// name that `is_plain_name`.
  [[nodiscard]] auto take_key(std::string_view name) -> bool {
    if (static_cast<std::size_t>(end_ - at_) < name.size() + 3 || *at_ != '"' ||
        std::memcmp(at_ + 1, name.data(), name.size()) != 0 || at_[name.size() + 1] != '"' ||
        at_[name.size() + 2] != ':')
      return false;
    at_ += name.size() + 3;
    return true;
  }
  /// The name of the member here, whichever it is.
  [[nodiscard]] auto key() -> std::string_view;

  /// Passes over a `null`, if one is here.
  [[nodiscard]] auto take_null() -> bool;
  [[nodiscard]] auto boolean() -> bool;
  [[nodiscard]] auto integer() -> std::int64_t;
  [[nodiscard]] auto number() -> double;
  [[nodiscard]] auto text() -> std::string_view;
  /// Passes over any value.
  void skip();

  /// Says that what was read is not what is wanted.
  void refuse() {
    refused_ = true;
    at_ = end_;
  }
  [[nodiscard]] auto is_refused() const -> bool { return refused_; }
  /// Whether all was read, with nothing but white space behind it, and nothing refused.
  [[nodiscard]] auto is_finished() -> bool {
    skip_space();
    return !refused_ && at_ == end_;
  }

private:
  static constexpr unsigned depth_max = 32;

  void skip_space() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t'))
      ++at_;
  }
  [[nodiscard]] auto is_at(char mark) const -> bool { return at_ != end_ && *at_ == mark; }
  [[nodiscard]] auto take(char mark) -> bool {
    if (!is_at(mark))
      return false;
    ++at_;
    return true;
  }
  [[nodiscard]] auto take_word(std::string_view word) -> bool;

  [[nodiscard]] auto begin(char open, char close) -> bool {
    skip_space();
    if (!take(open) || ++depth_ > depth_max) {
      refuse();
      return false;
    }
    skip_space();
    return !leave(close);
  }
  [[nodiscard]] auto next(char close) -> bool {
    skip_space();
    if (take(',')) {
      skip_space();
      return true;
    }
    if (!leave(close))
      refuse();
    return false;
  }
  [[nodiscard]] auto leave(char close) -> bool {
    if (!take(close))
      return false;
    --depth_;
    return true;
  }

  [[nodiscard]] auto take_digits() -> std::size_t;
  [[nodiscard]] auto take_whole_digits() -> std::size_t;
  [[nodiscard]] auto take_fraction() -> bool;
  [[nodiscard]] auto take_exponent() -> bool;

  const char* at_;
  const char* end_;
  unsigned depth_ = 0;
  bool refused_ = false;
};

/// Whether a member of this name is always written as it is: as one that needs no escape.
[[nodiscard]] constexpr auto is_plain_name(std::string_view name) -> bool {
  for (auto c : name)
    if (c < ' ' || c > '~' || c == '"' || c == '\\')
      return false;
  return true;
}

} // namespace tusker
