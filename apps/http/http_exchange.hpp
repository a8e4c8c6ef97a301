#pragma once

#include <tusker/http/http_request.hpp>
#include <tusker/http/http_response.hpp>
#include <tusker/http/http_service.hpp>

#include <memory>
#include <optional>
#include <string>

namespace tusker {

/// A request that is there as a whole.
struct whole_request {
  std::string head; ///< As it came, with the empty line at its end.
  http_request request;
  /// It was refused by its head: this is the answer, nobody is to be asked, and no body of it was kept.
  std::optional<wire_answer> refusal = std::nullopt;
};

/// Answers requests, one at a time. What a head says is read, and answers are written, by cpp-httplib, which is given
/// nothing but heads that `frame_head` has taken, from memory: it never waits for a client, and never reads more than
/// it is given. Who may be answered was looked at before.
class http_exchange {
public:
  /// REQUIRES: `service` outlives this.
  explicit http_exchange(const http_service& service);
  http_exchange(http_exchange&&) noexcept;
  auto operator=(http_exchange&&) noexcept -> http_exchange&;
  http_exchange(const http_exchange&) = delete;
  auto operator=(const http_exchange&) -> http_exchange& = delete;
  ~http_exchange();

  /// REQUIRES: `frame_head` takes the head, and `request` is what it says; it was not refused.
  [[nodiscard]] auto answer(const whole_request& request) -> wire_answer;

private:
  class impl;
  std::unique_ptr<impl> impl_;
};

} // namespace tusker
