#include <tusker/http/request_framing.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <system_error>

namespace tusker {

namespace {

constexpr std::array<std::string_view, 7> known_methods{"GET",    "HEAD",  "POST",   "PUT",
                                                        "DELETE", "PATCH", "OPTIONS"};

auto malformed(std::string message) -> framing_fault {
  return {400, "malformed_request", std::move(message)};
}

auto too_large(const std::string& what, std::size_t most, std::string_view unit) -> framing_fault {
  return {431, "header_too_large",
          what + " is larger than " + std::to_string(most) + " " + std::string(unit)};
}

/// RFC 9110, section 5.6.2.
auto is_token_char(char c) -> bool {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

auto is_token(std::string_view text) -> bool {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

auto is_visible(char c) -> bool {
  return c > ' ' && c < 0x7F;
}

/// A tab is the one control character that a value may have; bytes above 127 are let through as they are.
auto is_value_char(char c) -> bool {
  return c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != 0x7F);
}

auto trimmed(std::string_view text) -> std::string_view {
  auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Reads the lines of a head, one after the other.
class head_reader {
public:
  head_reader(std::string_view bytes, const request_limits& limits)
      : bytes_(bytes.substr(0, limits.header_bytes_max)), is_cut_(bytes.size() > bytes_.size()),
        limits_(limits) {}

  auto read() -> framing {
    auto line = next_line();
    if (!line)
      return unfinished("the request line");
    if (!read_request_line(*line))
      return std::move(fault_);
    for (line = next_line(); line && !line->empty(); line = next_line())
      if (!read_field(*line))
        return std::move(fault_);
    if (fault_.status == 0 && !line)
      return unfinished("the head of the request");
    if (fault_.status == 0)
      finish();
    if (fault_.status != 0)
      return std::move(fault_);
    return std::move(head_);
  }

private:
  auto refuse(framing_fault fault) -> bool {
    fault_ = std::move(fault);
    return false;
  }

  /// The next line without its end; none when it has not come as a whole, or is at fault.
  auto next_line() -> std::optional<std::string_view> {
    auto rest = bytes_.substr(head_.head_bytes);
    auto end = rest.find('\n');
    if (std::min(end, rest.size()) > header_line_bytes_max) {
      (void)refuse(too_large("a line", header_line_bytes_max, "bytes"));
      return std::nullopt;
    }
    if (end == std::string_view::npos)
      return std::nullopt;
    if (end == 0 || rest[end - 1] != '\r') {
      (void)refuse(malformed("a line does not end with CR LF"));
      return std::nullopt;
    }
    head_.head_bytes += end + 1;
    return rest.substr(0, end - 1);
  }

  auto unfinished(const std::string& what) -> framing {
    if (fault_.status != 0)
      return std::move(fault_);
    if (is_cut_ || bytes_.size() >= limits_.header_bytes_max)
      return too_large(what, limits_.header_bytes_max, "bytes");
    return head_is_incomplete{};
  }

  auto read_request_line(std::string_view line) -> bool {
    auto first = line.find(' ');
    auto last = line.rfind(' ');
    if (first == std::string_view::npos || last == first)
      return refuse(malformed("the first line is no METHOD TARGET HTTP/1.1"));
    head_.method = line.substr(0, first);
    head_.target = line.substr(first + 1, last - first - 1);
    auto version = line.substr(last + 1);
    if (!is_token(head_.method) || !std::all_of(head_.target.begin(), head_.target.end(), is_visible) ||
        head_.target.empty() || head_.target.front() != '/')
      return refuse(malformed("the first line is no METHOD TARGET HTTP/1.1 whose target begins with '/'"));
    head_.is_http_1_0 = version == "HTTP/1.0";
    if (version != "HTTP/1.1" && !head_.is_http_1_0) {
      if (version.substr(0, 5) != "HTTP/")
        return refuse(malformed("the first line does not end with HTTP/1.1"));
      return refuse({505, "unsupported_version", "this server speaks HTTP/1.1 and HTTP/1.0"});
    }
    if (std::find(known_methods.begin(), known_methods.end(), head_.method) == known_methods.end())
      return refuse({501, "unknown_method", "there is no method '" + std::string(head_.method) + "'"});
    return true;
  }

  auto read_field(std::string_view line) -> bool {
    if (head_.fields.size() == limits_.header_fields_max)
      return refuse(too_large("the number of header fields", limits_.header_fields_max, "fields"));
    auto colon = line.find(':');
    auto number = std::to_string(head_.fields.size() + 1);
    // Also a line that begins with a space: values over several lines are what requests are smuggled by.
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
      return refuse(malformed("header field " + number + " is no 'Name: value'"));
    auto value = trimmed(line.substr(colon + 1));
    if (!std::all_of(value.begin(), value.end(), is_value_char))
      return refuse(malformed("header field " + number + " has a control character in it"));
    head_.fields.emplace_back(line.substr(0, colon), value);
    return true;
  }

  /// The value of a field that may come once; none when it did not come.
  auto single(std::string_view lower_case) -> std::optional<std::string_view> {
    std::optional<std::string_view> found;
    for (const auto& [name, value] : head_.fields) {
      if (!is_field_name(name, lower_case))
        continue;
      if (found)
        (void)refuse(malformed("there is more than one field '" + std::string(lower_case) + "'"));
      found = value;
    }
    return found;
  }

  /// What the fields say of the body.
  void finish() {
    auto host = single("host");
    auto length = single("content-length");
    auto coding = single("transfer-encoding");
    auto wish = single("expect");
    if (fault_.status != 0)
      return;
    if (!host && !head_.is_http_1_0)
      fault_ = malformed("there is no field 'host'");
    else if (coding && length)
      fault_ = malformed("there are both a content-length and a transfer-encoding");
    else if (coding)
      fault_ = {411, "length_required", "a body is sent with a content-length, not in chunks"};
    else if (length)
      read_length(*length);
    head_.closes =
        has_word("connection", "close") || (head_.is_http_1_0 && !has_word("connection", "keep-alive"));
    head_.waits_to_continue = wish && is_field_name(*wish, "100-continue") && head_.body_bytes > 0;
  }

  /// Whether the fields of that name, which are lists, have that word, in any case.
  [[nodiscard]] auto has_word(std::string_view lower_name, std::string_view lower_word) const -> bool {
    for (const auto& [name, value] : head_.fields) {
      if (!is_field_name(name, lower_name))
        continue;
      for (std::size_t at = 0; at <= value.size();) {
        auto end = std::min(value.find(',', at), value.size());
        if (is_field_name(trimmed(value.substr(at, end - at)), lower_word))
          return true;
        at = end + 1;
      }
    }
    return false;
  }

  void read_length(std::string_view length) {
    auto is_number = !length.empty() &&
                     std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number) {
      fault_ = malformed("the content-length is no number");
      return;
    }
    auto [end, failure] = std::from_chars(length.data(), length.data() + length.size(), head_.body_bytes);
    if (failure != std::errc() || head_.body_bytes > limits_.body_bytes_max) {
      fault_ = {413, "body_too_large",
                "the body is larger than " + std::to_string(limits_.body_bytes_max) + " bytes"};
    }
  }

  std::string_view bytes_;
  bool is_cut_;
  const request_limits& limits_;
  framed_head head_;
  framing_fault fault_{0, {}, {}};
};

auto lower(char c) -> char {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

auto is_field_name(std::string_view given, std::string_view lower_case) -> bool {
  return std::equal(given.begin(), given.end(), lower_case.begin(), lower_case.end(),
                    [](char a, char b) { return lower(a) == b; });
}

auto frame_head(std::string_view bytes, const request_limits& limits) -> framing {
  return head_reader(bytes, limits).read();
}

} // namespace tusker
