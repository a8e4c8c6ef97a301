#include <tusker/model/quoted_text.hpp>

#include <tusker/model/utf8.hpp>

#include <algorithm>

namespace tusker {

namespace {

void append_as_number(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  auto byte = static_cast<unsigned char>(c);
  out.append("\\x").append(1, digits[byte >> 4U]).append(1, digits[byte & 0x0FU]);
}

} // namespace

auto quoted(std::string_view text) -> std::string {
  std::string out = "'";
  while (!text.empty()) {
    auto bytes = utf8_sequence_bytes(text);
    if (out.size() + std::max<std::size_t>(bytes, 1) > 1 + quoted_bytes_max) {
      out.append("…");
      break;
    }
    auto first = static_cast<unsigned char>(text.front());
    if (bytes == 0 || first < 0x20 || first == 0x7F)
      append_as_number(out, text.front());
    else
      out.append(text.substr(0, bytes));
    text.remove_prefix(std::max<std::size_t>(bytes, 1));
  }
  return out.append("'");
}

} // namespace tusker
