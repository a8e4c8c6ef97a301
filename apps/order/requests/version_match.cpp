#include <order/requests/version_match.hpp>

#include <tusker/http/http_errc.hpp>

#include <charconv>
#include <system_error>

namespace order_demo {

using tusker::fail;
using tusker::http_errc;

auto parse_if_match(std::string_view header) -> tusker::result<tusker::expected_version> {
  if (header == "*")
    return tusker::stream_exists;
  auto is_quoted = header.size() >= 2 && header.front() == '"' && header.back() == '"';
  auto digits = is_quoted ? header.substr(1, header.size() - 2) : header;
  std::uint64_t version = 0;
  auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
  if (digits.empty() || failure != std::errc() || end != digits.data() + digits.size() || version == 0)
    return fail(http_errc::bad_request,
                "header 'If-Match': it must be one version, such as \"3\", or * for any that is there");
  return tusker::exact(version);
}

auto expectation_of(std::optional<std::string_view> if_match, std::optional<std::uint64_t> expected_version)
    -> tusker::result<tusker::expected_version> {
  if (expected_version == 0U)
    return fail(http_errc::bad_request, "field 'expected_version': versions begin at 1");
  auto in_body = expected_version ? tusker::expected_version(tusker::exact(*expected_version)) : tusker::any;
  if (!if_match)
    return in_body;
  auto in_header = parse_if_match(*if_match);
  if (in_header && expected_version && *in_header != in_body)
    return fail(http_errc::bad_request, "header 'If-Match' and field 'expected_version' differ");
  return in_header;
}

auto to_tag(tusker::stream_version version) -> std::string {
  return "\"" + std::to_string(version.value()) + "\"";
}

} // namespace order_demo
