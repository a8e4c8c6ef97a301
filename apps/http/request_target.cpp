#include <tusker/http/request_target.hpp>

#include <tusker/http/http_errc.hpp>
#include <tusker/model/utf8.hpp>

#include <algorithm>
#include <optional>

namespace tusker {

namespace {

/// Whether a plus sign is one, as in a path, or a space, as in what forms send behind the `?`.
enum class plus_sign { itself, space };

constexpr std::string_view hex_digits = "0123456789ABCDEF";

auto hex_value(char c) -> std::optional<unsigned> {
  if (c >= '0' && c <= '9')
    return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f')
    return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F')
    return static_cast<unsigned>(c - 'A') + 10;
  return std::nullopt;
}

/// The byte that the two digits behind a `%` stand for.
auto escaped_byte(std::string_view digits) -> std::optional<char> {
  auto high = digits.empty() ? std::nullopt : hex_value(digits[0]);
  auto low = digits.size() < 2 ? std::nullopt : hex_value(digits[1]);
  if (!high || !low)
    return std::nullopt;
  return static_cast<char>(*high * 16 + *low);
}

auto is_control(char c) -> bool {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// `part` says in errors what the text is.
auto decoded(std::string_view text, plus_sign plus, const std::string& part) -> result<std::string> {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      out.push_back(text[at] == '+' && plus == plus_sign::space ? ' ' : text[at]);
      continue;
    }
    auto byte = escaped_byte(text.substr(at + 1));
    if (!byte)
      return fail(http_errc::bad_request, part + ": a '%' is not followed by two hexadecimal digits");
    out.push_back(*byte);
    at += 2;
  }
  if (std::any_of(out.begin(), out.end(), is_control))
    return fail(http_errc::bad_request, part + ": there is a control character in it");
  if (!is_utf8(out))
    return fail(http_errc::bad_request, part + ": it is no UTF-8");
  return out;
}

/// What stands before `c`, and takes both away.
auto cut_at(std::string_view& text, char c) -> std::string_view {
  auto end = text.find(c);
  auto part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return part;
}

auto parse_path(std::string_view path) -> result<std::vector<std::string>> {
  std::vector<std::string> segments;
  if (path.empty() || path.front() != '/')
    return fail(http_errc::bad_request, "the path does not begin with '/'");
  path.remove_prefix(1);
  if (path.empty())
    return segments;
  // A slash at the end stands before an empty segment.
  auto count = std::count(path.begin(), path.end(), '/') + 1;
  for (std::ptrdiff_t number = 1; number <= count; ++number) {
    auto segment =
        decoded(cut_at(path, '/'), plus_sign::itself, "segment " + std::to_string(number) + " of the path");
    if (!segment)
      return fail(segment.error());
    segments.push_back(std::move(*segment));
  }
  return segments;
}

} // namespace

auto parse_target(std::string_view target) -> result<request_target> {
  request_target parsed;
  auto path = parse_path(cut_at(target, '?'));
  if (!path)
    return fail(path.error());
  parsed.path = std::move(*path);
  while (!target.empty()) {
    auto value = cut_at(target, '&');
    if (value.empty())
      continue;
    auto name = decoded(cut_at(value, '='), plus_sign::space,
                        "the name of parameter " + std::to_string(parsed.params.size() + 1));
    auto text = name ? decoded(value, plus_sign::space, "parameter '" + *name + "'") : name;
    if (!text)
      return fail(text.error());
    parsed.params.emplace_back(std::move(*name), std::move(*text));
  }
  return parsed;
}

auto escaped_in_target(std::string_view text) -> std::string {
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    auto is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    std::string_view("-._~").find(c) != std::string_view::npos;
    if (is_plain)
      out.push_back(c);
    else
      out += {'%', hex_digits[byte / 16U], hex_digits[byte % 16U]};
  }
  return out;
}

} // namespace tusker
