#pragma once

#include <tusker/config/secret.hpp>
#include <tusker/http/http_service.hpp>

#include <memory>
#include <string>

namespace tusker {

/// A request that is there as a whole.
struct whole_request {
  std::string head; ///< With the empty line at its end.
  std::string body;
};

/// An answer as it goes over the wire.
struct wire_answer {
  std::string bytes;
  bool closes = false; ///< The connection ends with it.
};

/// Answers requests, one at a time. What a head says is read, and answers are written, by cpp-httplib, which is given
/// nothing but heads that `frame_head` has taken, from memory: it never waits for a client, and never reads more than
/// it is given.
class http_exchange {
public:
  /// REQUIRES: both outlive this.
  http_exchange(const http_service& service, const secret& token);
  http_exchange(http_exchange&&) noexcept;
  auto operator=(http_exchange&&) noexcept -> http_exchange&;
  http_exchange(const http_exchange&) = delete;
  auto operator=(const http_exchange&) -> http_exchange& = delete;
  ~http_exchange();

  /// REQUIRES: `frame_head` takes the head.
  [[nodiscard]] auto answer(const whole_request& request) -> wire_answer;

private:
  class impl;
  std::unique_ptr<impl> impl_;
};

/// What the service says to a request, once its token was looked at: 401 without the right one.
[[nodiscard]] auto answer_checked(const http_service& service, const secret& token,
                                  const http_request& request) -> http_response;

} // namespace tusker
