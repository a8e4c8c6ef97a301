#include <tusker/model/json_writer.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/utf8.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace tusker {

namespace {

/// Whether a byte stands for itself inside a JSON string: printable ASCII but quote and backslash.
auto is_plain(char c) -> bool {
  auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

template <class Number>
auto print(Number value) -> std::pair<std::array<char, 32>, std::size_t> {
  std::array<char, 32> digits{};
  auto [end, failed] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits, static_cast<std::size_t>(end - digits.data())};
}

} // namespace

void json_writer::key(std::string_view name) {
  separate();
  quoted(name);
  out_.push_back(':');
  last_key_.assign(name);
  needs_comma_ = false;
}

void json_writer::integer(std::int64_t value) {
  auto [digits, length] = print(value);
  raw({digits.data(), length});
}

void json_writer::unsigned_integer(std::uint64_t value) {
  auto [digits, length] = print(value);
  raw({digits.data(), length});
}

void json_writer::number(double value) {
  if (!std::isfinite(value))
    return refuse("the number is not finite");
  // "-0" would be read back as an integer, which has no sign at zero.
  if (value == 0.0 && std::signbit(value))
    return raw("-0.0");
  auto [digits, length] = print(value);
  raw({digits.data(), length});
}

void json_writer::text(std::string_view value) {
  separate();
  quoted(value);
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
  while (!value.empty()) {
    std::size_t plain = 0;
    while (plain < value.size() && is_plain(value[plain]))
      ++plain;
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
