#pragma once

#include <tusker/config/secret.hpp>
#include <tusker/model/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tusker {

/// Where a server listens.
struct http_address {
  /// A numeric IPv4 or IPv6 address, or `localhost`.
  std::string host = "127.0.0.1";
  /// 0 takes one that is free.
  std::uint16_t port = 0;

  friend auto operator==(const http_address&, const http_address&) -> bool = default;
};

/// Reads `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`, or a port alone, which is one of 127.0.0.1.
/// Errors: `config_errc::out_of_range` with what was expected.
[[nodiscard]] auto parse_http_address(std::string_view text) -> result<http_address>;

/// As it is read.
[[nodiscard]] auto to_string(const http_address& address) -> std::string;

/// Whether only this machine reaches the address.
[[nodiscard]] auto is_loopback(const http_address& address) -> bool;

/// How an HTTP server is reached, and how much it takes on. The memory that requests take is bounded by
/// `connections_max` times the bytes of a header and a body; of those that do not bring the token no body is read.
struct http_options {
  http_address listen = {};
  /// What callers must bring as `Authorization: Bearer TOKEN`; empty asks for none, and binds to loopback alone.
  secret token = {};

  /// Connections at one time; past it the one idle longest is closed, or the new one answered 503. From 1 to 10,000.
  std::size_t connections_max = 128;
  /// Requests that are answered at one time, a thread each. From 1 to 64.
  std::size_t workers = 4;
  /// Requests that wait for a worker; past it a request is answered 503. From 1 to 10,000.
  std::size_t queue_max = 64;
  /// The request line and all header fields, in bytes; past it 431. From 256 to 64 KiB.
  std::size_t header_bytes_max = std::size_t{8} << 10U;
  /// Header fields of one request; past it 431. From 8 to 1,000.
  std::size_t header_fields_max = 64;
  /// The body of a request, in bytes; past it 413. From 0 to 16 MiB.
  std::size_t body_bytes_max = std::size_t{1} << 20U;
  /// From its first byte on a request must be there as a whole within this time, else it is answered 408. From 10 ms
  /// to 10 minutes.
  std::chrono::milliseconds read_timeout{std::chrono::seconds(5)};
  /// An answer must be taken as a whole within this time, else the connection is cut. From 10 ms to 10 minutes.
  std::chrono::milliseconds write_timeout{std::chrono::seconds(10)};
  /// A connection without a request is closed after this time. From 10 ms to an hour.
  std::chrono::milliseconds idle_timeout{std::chrono::seconds(30)};
  /// How long a stop waits for the requests that are being answered. From 10 ms to 10 minutes.
  std::chrono::milliseconds stop_timeout{std::chrono::seconds(5)};
};

/// Errors: `config_errc::out_of_range` with the option's name; `missing` when an address that others reach is to be
/// bound without a token.
[[nodiscard]] auto check(const http_options& options) -> result<void>;

} // namespace tusker
