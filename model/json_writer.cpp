#include <tusker/model/json_writer.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/utf8.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>

namespace tusker {

namespace {

/// Whether a byte stands for itself inside a JSON string: printable ASCII but quote and backslash.
auto is_plain(char c) -> bool {
  auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

/// Whether eight bytes are all plain. One that is not has its high bit in one of the four that are joined here: it is
/// above ASCII, below a space, a quote, a backslash. What a borrow makes of the bytes above it does not matter then.
auto are_plain(std::uint64_t eight) -> bool {
  constexpr std::uint64_t each_byte = 0x0101'0101'0101'0101U;
  auto is_zero = [](std::uint64_t value) { return (value - each_byte) & ~value; };
  auto marks = eight | (eight - 0x20 * each_byte) | is_zero(eight ^ ('"' * each_byte)) |
               is_zero(eight ^ ('\\' * each_byte));
  return (marks & (0x80 * each_byte)) == 0;
}

template <class Number>
auto load(const char* at) -> Number {
  Number number{};
  std::memcpy(&number, at, sizeof number);
  return number;
}

/// Whether all of a text is plain, as nearly all texts are.
auto is_plain(std::string_view value) -> bool {
  constexpr std::size_t wide = sizeof(std::uint64_t);
  constexpr std::size_t half = sizeof(std::uint32_t);
  const auto* at = value.data();
  auto size = value.size();
  if (size >= wide) {
    for (std::size_t done = 0; done + wide < size; done += wide)
      if (!are_plain(load<std::uint64_t>(at + done)))
        return false;
    // The last eight, some of them for the second time.
    return are_plain(load<std::uint64_t>(at + size - wide));
  }
  if (size >= half) {
    auto last = std::uint64_t{load<std::uint32_t>(at + size - half)};
    return are_plain(last << 32U | load<std::uint32_t>(at));
  }
  return std::ranges::all_of(value, [](char c) { return is_plain(c); });
}

/// How many plain bytes there are before the first that is not.
auto plain_bytes(std::string_view value) -> std::size_t {
  constexpr std::size_t wide = sizeof(std::uint64_t);
  std::size_t plain = 0;
  while (plain + wide <= value.size() && are_plain(load<std::uint64_t>(value.data() + plain)))
    plain += wide;
  while (plain < value.size() && is_plain(value[plain]))
    ++plain;
  return plain;
}

/// What is put together before it goes to the output, which then grows once: `,"name":`.
class token {
public:
  /// So long a text fits in, with what stands around it.
  static constexpr std::size_t text_bytes_max = 64;

  auto put(char c) -> token& {
    bytes_[size_++] = c;
    return *this;
  }
  auto put(std::string_view text) -> token& {
    text.copy(bytes_.data() + size_, text.size());
    size_ += text.size();
    return *this;
  }
  template <class Number>
  auto put_number(Number value) -> token& {
    const auto* end = std::to_chars(bytes_.data() + size_, bytes_.data() + bytes_.size(), value).ptr;
    size_ = static_cast<std::size_t>(end - bytes_.data());
    return *this;
  }

  [[nodiscard]] auto view() const -> std::string_view { return {bytes_.data(), size_}; }

private:
  std::array<char, text_bytes_max + 4> bytes_; // No number takes more; whoever puts bytes in makes them.
  std::size_t size_ = 0;
};

/// Whether it goes into a token as it is.
auto is_short_and_plain(std::string_view text) -> bool {
  return text.size() <= token::text_bytes_max && is_plain(text);
}

} // namespace

void json_writer::key(std::string_view name) {
  if (is_short_and_plain(name)) {
    token all;
    if (needs_comma_)
      all.put(',');
    out_.append(all.put('"').put(name).put('"').put(':').view());
  } else {
    separate();
    quoted(name);
    out_.push_back(':');
  }
  last_key_.assign(name);
  needs_comma_ = false;
}

void json_writer::integer(std::int64_t value) {
  raw(token().put_number(value).view());
}

void json_writer::unsigned_integer(std::uint64_t value) {
  raw(token().put_number(value).view());
}

void json_writer::number(double value) {
  if (!std::isfinite(value))
    return refuse("the number is not finite");
  // "-0" would be read back as an integer, which has no sign at zero.
  if (value == 0.0 && std::signbit(value))
    return raw("-0.0");
  raw(token().put_number(value).view());
}

void json_writer::text(std::string_view value) {
  if (is_short_and_plain(value)) {
    token all;
    if (needs_comma_)
      all.put(',');
    out_.append(all.put('"').put(value).put('"').view());
  } else {
    separate();
    quoted(value);
  }
  needs_comma_ = true;
}

void json_writer::refuse(std::string_view what) {
  if (fault_.empty())
    fault_ = "the field '" + last_key_ + "': " + std::string(what);
  null();
}

auto json_writer::finish() && -> result<std::string> {
  if (!fault_.empty())
    return fail(model_errc::not_encodable, fault_);
  return std::move(out_);
}

void json_writer::open(char bracket) {
  // Most values are some hundred bytes: one allocation instead of five.
  constexpr std::size_t usual_bytes = 256;
  if (out_.empty())
    out_.reserve(usual_bytes);
  separate();
  out_.push_back(bracket);
  needs_comma_ = false;
}

void json_writer::close(char bracket) {
  out_.push_back(bracket);
  needs_comma_ = true;
}

void json_writer::raw(std::string_view token) {
  separate();
  out_.append(token);
  needs_comma_ = true;
}

void json_writer::separate() {
  if (needs_comma_)
    out_.push_back(',');
}

void json_writer::quoted(std::string_view value) {
  out_.push_back('"');
  if (is_plain(value)) {
    out_.append(value);
    out_.push_back('"');
    return;
  }
  while (!value.empty()) {
    auto plain = plain_bytes(value);
    out_.append(value.substr(0, plain));
    value.remove_prefix(plain);
    if (value.empty())
      break;
    auto bytes = utf8_sequence_bytes(value);
    if (bytes == 0) {
      // What is stored must be readable by every JSON parser, so bytes that are no text are refused here.
      if (fault_.empty())
        fault_ = "the field '" + last_key_ + "': the text is not UTF-8";
      break;
    }
    if (bytes == 1)
      escaped(value.front());
    else
      out_.append(value.substr(0, bytes));
    value.remove_prefix(bytes);
  }
  out_.push_back('"');
}

void json_writer::escaped(char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
  case '"':
    out_.append("\\\"");
    return;
  case '\\':
    out_.append("\\\\");
    return;
  case '\n':
    out_.append("\\n");
    return;
  case '\r':
    out_.append("\\r");
    return;
  case '\t':
    out_.append("\\t");
    return;
  default:
    break;
  }
  out_.append("\\u00");
  out_.push_back(digits[static_cast<unsigned char>(c) >> 4U]);
  out_.push_back(digits[static_cast<unsigned char>(c) & 0x0FU]);
}

} // namespace tusker
