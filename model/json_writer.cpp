#include <tusker/model/json_writer.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/utf8.hpp>

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

/// Not zero if one of eight bytes is not plain. One that is not has its high bit in one of the four that are joined
/// here: it is above ASCII, below a space, a quote, a backslash. What a borrow makes of the bytes above it does not
/// matter then.
auto not_plain_in(std::uint64_t eight) -> std::uint64_t {
  constexpr std::uint64_t each_byte = 0x0101'0101'0101'0101U;
  auto is_zero = [](std::uint64_t value) { return (value - each_byte) & ~value; };
  auto marks = eight | (eight - 0x20 * each_byte) | is_zero(eight ^ ('"' * each_byte)) |
               is_zero(eight ^ ('\\' * each_byte));
  return marks & (0x80 * each_byte);
}

template <class Number>
auto load(const char* at) -> Number {
  Number number{};
  std::memcpy(&number, at, sizeof number);
  return number;
}

template <class Number>
void store(char* at, Number number) {
  std::memcpy(at, &number, sizeof number);
}

/// Copies a text and says whether all of it is plain, as nearly all texts are: each byte is loaded once for both.
auto copy_if_plain(std::string_view text, char* to) -> bool {
  constexpr std::size_t wide = sizeof(std::uint64_t);
  constexpr std::size_t half = sizeof(std::uint32_t);
  const auto* from = text.data();
  auto size = text.size();
  std::uint64_t marks = 0;
  auto copy_eight = [&](std::size_t at) {
    auto eight = load<std::uint64_t>(from + at);
    store(to + at, eight);
    marks |= not_plain_in(eight);
  };
  if (size >= wide) {
    for (std::size_t at = 0; at + wide < size; at += wide)
      copy_eight(at);
    // The last eight, some of them for the second time.
    copy_eight(size - wide);
    return marks == 0;
  }
  if (size >= half) {
    auto first = load<std::uint32_t>(from);
    auto last = load<std::uint32_t>(from + size - half);
    store(to, first);
    store(to + size - half, last);
    return not_plain_in(std::uint64_t{last} << 32U | first) == 0;
  }
  auto all_plain = true;
  for (std::size_t at = 0; at < size; ++at) {
    to[at] = from[at];
    all_plain = all_plain && is_plain(from[at]);
  }
  return all_plain;
}

/// How many plain bytes there are before the first that is not.
auto plain_bytes(std::string_view value) -> std::size_t {
  constexpr std::size_t wide = sizeof(std::uint64_t);
  std::size_t plain = 0;
  while (plain + wide <= value.size() && not_plain_in(load<std::uint64_t>(value.data() + plain)) == 0)
    plain += wide;
  while (plain < value.size() && is_plain(value[plain]))
    ++plain;
  return plain;
}

} // namespace

void json_writer::key(std::string_view name) {
  auto at = out_.size() + (needs_comma_ ? 2U : 1U);
  quoted(name);
  key_at_ = at;
  key_bytes_ = out_.size() - 1 - at;
  out_.push_back(':');
  needs_comma_ = false;
}

void json_writer::integer(std::int64_t value) {
  digits(value);
}

void json_writer::unsigned_integer(std::uint64_t value) {
  digits(value);
}

void json_writer::number(double value) {
  if (!std::isfinite(value))
    return refuse("the number is not finite");
  // "-0" would be read back as an integer, which has no sign at zero.
  if (value == 0.0 && std::signbit(value))
    return raw("-0.0");
  digits(value);
}

void json_writer::text(std::string_view value) {
  quoted(value);
  needs_comma_ = true;
}

void json_writer::refuse(std::string_view what) {
  if (fault_.empty())
    fault_ = "the field '" + std::string(last_key()) + "': " + std::string(what);
  null();
}

auto json_writer::finish() && -> result<std::string> {
  if (!fault_.empty())
    return fail(model_errc::not_encodable, fault_);
  return std::move(out_).take();
}

void json_writer::open(char bracket) {
  raw({&bracket, 1});
  needs_comma_ = false;
}

void json_writer::close(char bracket) {
  out_.push_back(bracket);
  needs_comma_ = true;
}

void json_writer::raw(std::string_view token) {
  if (needs_comma_)
    out_.push_back(',');
  out_.append(token);
  needs_comma_ = true;
}

template <class Number>
void json_writer::digits(Number value) {
  constexpr std::size_t digits_max = 32; // "-1.7976931348623157e+308" is the longest.
  auto* at = out_.room(1 + digits_max);
  auto* first = separated(at);
  out_.extend(static_cast<std::size_t>(std::to_chars(first, first + digits_max, value).ptr - at));
  needs_comma_ = true;
}

auto json_writer::separated(char* at) const -> char* {
  *at = ',';
  return needs_comma_ ? at + 1 : at;
}

auto json_writer::last_key() const -> std::string_view {
  return out_.view().substr(key_at_, key_bytes_);
}

void json_writer::quoted(std::string_view value) {
  auto* at = out_.room(value.size() + 3);
  auto* text = separated(at);
  *text++ = '"';
  if (copy_if_plain(value, text)) {
    text[value.size()] = '"';
    out_.extend(static_cast<std::size_t>(text - at) + value.size() + 1);
    return;
  }
  out_.extend(static_cast<std::size_t>(text - at));
  escape_into(value);
  out_.push_back('"');
}

void json_writer::escape_into(std::string_view value) {
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
        fault_ = "the field '" + std::string(last_key()) + "': the text is not UTF-8";
      break;
    }
    if (bytes == 1)
      escaped(value.front());
    else
      out_.append(value.substr(0, bytes));
    value.remove_prefix(bytes);
  }
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
