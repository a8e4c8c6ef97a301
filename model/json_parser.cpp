#include <tusker/model/json_parser.hpp>

#include <tusker/model/utf8.hpp>

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>
#include <utility>
#include <variant>

namespace tusker {

namespace {

constexpr auto is_plain_in_text(unsigned char byte) -> bool {
  return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/// Whether a byte of a text stands for itself, whatever is around it.
constexpr auto plain_in_text = [] {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte)
    table[byte] = is_plain_in_text(static_cast<unsigned char>(byte));
  return table;
}();

auto is_digit(char c) -> bool {
  return c >= '0' && c <= '9';
}

auto hex_digit(char c, unsigned& value) -> bool {
  if (is_digit(c))
    value = static_cast<unsigned>(c - '0');
  else if (c >= 'a' && c <= 'f')
    value = static_cast<unsigned>(c - 'a') + 10;
  else if (c >= 'A' && c <= 'F')
    value = static_cast<unsigned>(c - 'A') + 10;
  else
    return false;
  return true;
}

/// What a letter behind a backslash stands for; 0 for none of those.
auto escaped(char letter) -> char {
  switch (letter) {
  case '"':
  case '\\':
  case '/':
    return letter;
  case 'b':
    return '\b';
  case 'f':
    return '\f';
  case 'n':
    return '\n';
  case 'r':
    return '\r';
  case 't':
    return '\t';
  default:
    return 0;
  }
}

void put_utf8(char*& out, unsigned code_point) {
  auto put = [&out](unsigned byte) { *out++ = static_cast<char>(byte); };
  if (code_point < 0x80)
    return put(code_point);
  if (code_point < 0x800) {
    put(0xC0U | code_point >> 6U);
  } else if (code_point < 0x10000) {
    put(0xE0U | code_point >> 12U);
    put(0x80U | (code_point >> 6U & 0x3FU));
  } else {
    put(0xF0U | code_point >> 18U);
    put(0x80U | (code_point >> 12U & 0x3FU));
    put(0x80U | (code_point >> 6U & 0x3FU));
  }
  put(0x80U | (code_point & 0x3FU));
}

} // namespace

auto json_parser::parse() -> bool {
  pass_over_mark();
  for (;;) {
    auto now = value();
    if (now == progress::complete)
      now = close_what_ends();
    if (now == progress::child_next)
      continue;
    pass_over_space();
    return now == progress::complete && at_ == end_;
  }
}

void json_parser::pass_over_mark() {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(mark))
    at_ += mark.size();
}

void json_parser::pass_over_space() {
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r'))
    ++at_;
}

auto json_parser::accept(char wanted) -> bool {
  if (at_ == end_ || *at_ != wanted)
    return false;
  ++at_;
  return true;
}

template <class Content>
void json_parser::put(Content content) {
  nodes_.push_back({std::exchange(key_, {}), content, nodes_.size() + 1});
}

template <class Mark>
void json_parser::open(Mark mark) {
  ++at_;
  put(mark);
  nodes_.back().next = std::exchange(open_, nodes_.size() - 1);
}

void json_parser::close() {
  open_ = std::exchange(nodes_[open_].next, nodes_.size());
}

auto json_parser::value() -> progress {
  pass_over_space();
  if (at_ == end_)
    return progress::broken;
  auto is_whole = false;
  switch (*at_) {
  case '{':
    return open_object();
  case '[':
    return open_array();
  case '"': {
    ++at_;
    std::string_view found;
    is_whole = text(found);
    put(found);
    break;
  }
  case 't':
    is_whole = word("true");
    put(true);
    break;
  case 'f':
    is_whole = word("false");
    put(false);
    break;
  case 'n':
    is_whole = word("null");
    put(std::monostate());
    break;
  default:
    is_whole = number();
  }
  return is_whole ? progress::complete : progress::broken;
}

auto json_parser::open_object() -> progress {
  open(json_document::object_mark{});
  pass_over_space();
  if (accept('}')) {
    close();
    return progress::complete;
  }
  return key() ? progress::child_next : progress::broken;
}

auto json_parser::open_array() -> progress {
  open(json_document::array_mark{});
  pass_over_space();
  if (!accept(']'))
    return progress::child_next;
  close();
  return progress::complete;
}

/// Behind a whole value: the brackets that close there, up to the comma before another one.
auto json_parser::close_what_ends() -> progress {
  while (open_ != nothing) {
    auto is_object = std::holds_alternative<json_document::object_mark>(nodes_[open_].content);
    pass_over_space();
    if (accept(','))
      return !is_object || key() ? progress::child_next : progress::broken;
    if (!accept(is_object ? '}' : ']'))
      return progress::broken;
    close();
  }
  return progress::complete;
}

auto json_parser::key() -> bool {
  pass_over_space();
  if (!accept('"') || !text(key_))
    return false;
  pass_over_space();
  return accept(':');
}

auto json_parser::word(std::string_view wanted) -> bool {
  if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(wanted))
    return false;
  at_ += wanted.size();
  return true;
}

auto json_parser::text(std::string_view& into) -> bool {
  const auto* begin = at_;
  while (at_ != end_ && plain_in_text[static_cast<unsigned char>(*at_)])
    ++at_;
  if (at_ == end_ || *at_ != '"')
    return rest_of_text(begin, into);
  into = {begin, static_cast<std::size_t>(at_ - begin)};
  ++at_;
  return true;
}

/// What is undone is never longer than its escape, so it moves towards the front.
auto json_parser::rest_of_text(const char* begin, std::string_view& into) -> bool {
  auto* out = at_;
  while (at_ != end_ && *at_ != '"') {
    if (*at_ == '\\') {
      if (!escape(out))
        return false;
      continue;
    }
    auto bytes = utf8_sequence_bytes({at_, static_cast<std::size_t>(end_ - at_)});
    if (bytes == 0 || static_cast<unsigned char>(*at_) < 0x20)
      return false;
    for (; bytes > 0; --bytes)
      *out++ = *at_++;
  }
  into = {begin, static_cast<std::size_t>(out - begin)};
  return accept('"');
}

auto json_parser::escape(char*& out) -> bool {
  ++at_;
  if (accept('u'))
    return unicode_escape(out);
  auto character = at_ == end_ ? '\0' : escaped(*at_++);
  *out = character;
  ++out;
  return character != 0;
}

auto json_parser::unicode_escape(char*& out) -> bool {
  constexpr unsigned high_first = 0xD800;
  constexpr unsigned low_first = 0xDC00;
  constexpr unsigned low_last = 0xDFFF;
  unsigned unit = 0;
  if (!code_unit(unit) || (unit >= low_first && unit <= low_last))
    return false;
  if (unit >= high_first && unit < low_first) {
    unsigned low = 0;
    if (!accept('\\') || !accept('u') || !code_unit(low) || low < low_first || low > low_last)
      return false;
    unit = 0x10000 + ((unit - high_first) << 10U) + (low - low_first);
  }
  put_utf8(out, unit);
  return true;
}

auto json_parser::code_unit(unsigned& into) -> bool {
  constexpr auto digits_in_unit = 4;
  if (end_ - at_ < digits_in_unit)
    return false;
  into = 0;
  for (auto left = digits_in_unit; left > 0; --left) {
    unsigned digit = 0;
    if (!hex_digit(*at_++, digit))
      return false;
    into = into << 4U | digit;
  }
  return true;
}

auto json_parser::number() -> bool {
  const auto* begin = at_;
  (void)accept('-');
  // Nothing stands behind a zero in front.
  if (!accept('0') && !digits())
    return false;
  auto is_integer = true;
  if (accept('.')) {
    is_integer = false;
    if (!digits())
      return false;
  }
  if (accept('e') || accept('E')) {
    is_integer = false;
    if (!accept('+'))
      (void)accept('-');
    if (!digits())
      return false;
  }
  auto text = std::string_view(begin, static_cast<std::size_t>(at_ - begin));
  return (is_integer && put_integer(text)) || put_real(text);
}

auto json_parser::digits() -> bool {
  const auto* begin = at_;
  while (at_ != end_ && is_digit(*at_))
    ++at_;
  return at_ != begin;
}

/// False when it has no room in 64 bits.
auto json_parser::put_integer(std::string_view text) -> bool {
  const auto* end = text.data() + text.size();
  if (text.front() == '-') {
    std::int64_t value = 0;
    if (std::from_chars(text.data(), end, value).ec != std::errc())
      return false;
    put(value);
    return true;
  }
  std::uint64_t value = 0;
  if (std::from_chars(text.data(), end, value).ec != std::errc())
    return false;
  put(value);
  return true;
}

auto json_parser::put_real(std::string_view text) -> bool {
  double value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc()) {
    // Too large or too small: `from_chars` does not tell which, and the one is refused while the other is zero.
    auto tree = nlohmann::json::parse(text, nullptr, false);
    if (!tree.is_number())
      return false;
    value = tree.get<double>();
  }
  put(value);
  return std::isfinite(value);
}

} // namespace tusker
