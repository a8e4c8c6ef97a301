#pragma once

#include <tusker/config/http_options.hpp>
#include <tusker/http/http_service.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <memory>

namespace tusker {

/// What a server did since it was opened.
struct http_server_stats {
  std::uint64_t connections = 0; ///< Now, those among them that were refused and are being told so.
  std::uint64_t requests = 0;    ///< That were handed to a worker.
  std::uint64_t refused = 0; ///< Requests that were malformed, too large, too slow, or refused by their head,
                             ///< or found no place.
  std::uint64_t connections_refused = 0;
  std::uint64_t accepts_failed =
      0; ///< The system had no descriptor or no memory for a connection that waits.
};

/// An HTTP/1.1 server with a limit on everything:
///
///   one thread: accept ─▶ http_connection: reads a request as a whole ─▶ queue_max ─▶ workers: http_exchange
///        ▲                                                                                  │
///        └───────────────── writes, as fast as the client takes it ◀── the answer ──────────┘
///
/// A client that is slow takes a connection until a deadline, one that stands still until another client needs it, and
/// neither ever takes a thread. Who has no token, or a wish that nobody has, is refused by the head of the request, and
/// takes no memory for a body.
class http_server {
public:
  /// Listens, and begins to answer. Errors: those of `check(options)`, of which one is that an address which others
  /// reach takes a token; `http_errc::cannot_listen`.
  [[nodiscard]] static auto open(const http_options& options, http_service service) -> result<http_server>;

  http_server(http_server&&) noexcept;
  auto operator=(http_server&&) noexcept -> http_server&;
  http_server(const http_server&) = delete;
  auto operator=(const http_server&) -> http_server& = delete;
  /// Stops, and waits for the requests that are being answered, however long that takes.
  ~http_server();

  /// Where it listens, with the port that it took.
  [[nodiscard]] auto address() const -> const http_address&;

  [[nodiscard]] auto stats() const -> http_server_stats;

  /// Takes no connection and no request any more, and waits until those that were taken are answered, for
  /// `stop_timeout` at the most. Errors: `http_errc::not_stopped`: whoever did not get an answer until then gets none.
  auto stop() -> result<void>;

private:
  class impl;
  explicit http_server(std::unique_ptr<impl> made);
  std::unique_ptr<impl> impl_;
};

} // namespace tusker
