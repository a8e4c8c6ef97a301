#pragma once

#include <tusker/config/http_options.hpp>
#include <tusker/config/secret.hpp>
#include <tusker/model/result.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

struct http_client_options {
  http_address server = {};
  secret token = {}; ///< Sent with each request, unless it is empty.
  std::chrono::milliseconds timeout{std::chrono::seconds(30)};
  std::size_t answer_bytes_max = std::size_t{64} << 20U;
};

/// What a server said.
struct http_answer {
  int status = 0;
  std::string body;
  /// As they came.
  std::vector<std::pair<std::string, std::string>> headers;
};

/// Asks one server, over one connection that stays open, one request at a time.
class http_client {
public:
  explicit http_client(const http_client_options& options);
  http_client(http_client&&) noexcept;
  auto operator=(http_client&&) noexcept -> http_client&;
  http_client(const http_client&) = delete;
  auto operator=(const http_client&) -> http_client& = delete;
  ~http_client();

  // Whatever the status is, it is an answer. Errors of both: `http_errc::unreachable`, `too_large`.

  [[nodiscard]] auto get(const std::string& target) -> result<http_answer>;
  /// `body` is JSON, or empty.
  [[nodiscard]] auto post(const std::string& target, const std::string& body = {},
                          const std::vector<std::pair<std::string, std::string>>& headers = {})
      -> result<http_answer>;

private:
  class impl;
  std::unique_ptr<impl> impl_;
};

} // namespace tusker
