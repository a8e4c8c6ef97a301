#include <tusker/config/http_options.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker/config/option_check.hpp>

#include <arpa/inet.h>

#include <charconv>
#include <optional>
#include <system_error>

namespace tusker {

namespace {

constexpr std::int64_t minutes_10_ms = 600'000;
constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::size_t kibibyte = 1024;

auto is_numeric_host(const std::string& host) -> bool {
  in6_addr bytes{};
  return inet_pton(AF_INET, host.c_str(), &bytes) == 1 || inet_pton(AF_INET6, host.c_str(), &bytes) == 1;
}

auto parse_port(std::string_view text) -> std::optional<std::uint16_t> {
  std::uint16_t port = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (failure != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return port;
}

auto check_address(const http_address& address) -> result<void> {
  if (address.host == "localhost" || is_numeric_host(address.host))
    return {};
  return fail(config_errc::out_of_range,
              "listen is '" + address.host + "', it must be a numeric IPv4 or IPv6 address, or localhost");
}

} // namespace

auto parse_http_address(std::string_view text) -> result<http_address> {
  http_address address;
  auto colon = text.rfind(':');
  auto host = colon == std::string_view::npos ? std::string_view() : text.substr(0, colon);
  auto port = parse_port(colon == std::string_view::npos ? text : text.substr(colon + 1));
  auto is_bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (is_bracketed)
    host = host.substr(1, host.size() - 2);
  else if (host.find(':') != std::string_view::npos)
    port.reset();
  if (colon != std::string_view::npos)
    address.host = std::string(host);
  if (!port || !check_address(address)) {
    return fail(config_errc::out_of_range,
                "'" + std::string(text) +
                    "' is no address to listen at: ADDRESS:PORT with a numeric address or localhost, "
                    "such as 127.0.0.1:8080 or [::1]:8080");
  }
  address.port = *port;
  return address;
}

auto to_string(const http_address& address) -> std::string {
  auto is_v6 = address.host.find(':') != std::string::npos;
  return (is_v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

auto is_loopback(const http_address& address) -> bool {
  if (address.host == "localhost")
    return true;
  in_addr v4{};
  if (inet_pton(AF_INET, address.host.c_str(), &v4) == 1)
    return (ntohl(v4.s_addr) >> 24U) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, address.host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

auto check(const http_options& options) -> result<void> {
  auto checked = first_failure(
      check_address(options.listen),
      check_range<std::size_t>("connections_max", options.connections_max, 1, 10'000),
      check_range<std::size_t>("workers", options.workers, 1, 64),
      check_range<std::size_t>("queue_max", options.queue_max, 1, 10'000),
      check_range<std::size_t>("header_bytes_max", options.header_bytes_max, 256, 64 * kibibyte),
      check_range<std::size_t>("header_fields_max", options.header_fields_max, 8, 1'000),
      check_range<std::size_t>("body_bytes_max", options.body_bytes_max, 0, 16 * kibibyte * kibibyte),
      check_range<std::int64_t>("read_timeout (ms)", options.read_timeout.count(), 10, minutes_10_ms),
      check_range<std::int64_t>("write_timeout (ms)", options.write_timeout.count(), 10, minutes_10_ms),
      check_range<std::int64_t>("idle_timeout (ms)", options.idle_timeout.count(), 10, hour_ms),
      check_range<std::int64_t>("stop_timeout (ms)", options.stop_timeout.count(), 10, minutes_10_ms));
  if (checked && !is_token(options.token.reveal()))
    return fail(config_errc::out_of_range, "the token must be of visible ASCII letters: a header carries it");
  if (checked && options.token.is_empty() && !is_loopback(options.listen)) {
    return fail(config_errc::missing,
                "listen is " + to_string(options.listen) +
                    ", which others reach: that takes a token; without one only loopback is bound");
  }
  return checked;
}

} // namespace tusker
