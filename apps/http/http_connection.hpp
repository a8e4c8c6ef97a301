#pragma once

#include <tusker/config/http_options.hpp>
#include <tusker/http/http_exchange.hpp>
#include <tusker/http/http_request.hpp>
#include <tusker/http/http_response.hpp>
#include <tusker/http/http_service.hpp>
#include <tusker/http/request_framing.hpp>
#include <tusker/http/socket_handle.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace tusker {

/// One connection of a server, from the side of the one thread that waits for all of them:
///
///   reading ─ a request is there ─▶ answering ─ a worker is done ─▶ writing ─▶ reading, or lingering ─▶ over
///      ├─ its head is refused ─▶ answering, without a worker
///      └─ it is malformed, too large, too slow: an answer that closes ─────────▶ writing
///
/// It never blocks, holds one request and one answer at the most, and has a deadline in each state but in `answering`.
/// Lingering: the answer is out and nothing more is taken; what the client still sends is thrown away for a moment, or
/// the system would throw away the answer. A body is read only once the head is looked at: who may not send one has no
/// more than a head here.
class http_connection {
public:
  using clock = std::chrono::steady_clock;

  /// REQUIRES: `options` and `service` outlive this.
  http_connection(socket_handle socket, const http_options& options, const http_service& service,
                  clock::time_point now);

  [[nodiscard]] auto socket() const -> int { return socket_.get(); }

  /// What to wait for, as of poll(2); 0: nothing.
  [[nodiscard]] auto wanted_events() const -> short;

  /// When something has to happen; none while a worker has the request.
  [[nodiscard]] auto deadline() const -> std::optional<clock::time_point>;

  /// To be called when what was wanted, or an end of the connection, has come.
  void on_ready(clock::time_point now);
  /// To be called when the deadline has passed.
  void on_deadline(clock::time_point now);

  /// A request that is there as a whole, or was refused by its head; once. `answer` is to be called for it.
  [[nodiscard]] auto take_request() -> std::optional<whole_request>;
  void answer(wire_answer given, clock::time_point now);
  /// Answers, and takes nothing more.
  void refuse(const http_response& response, clock::time_point now);

  /// How many requests were refused since this was asked last.
  [[nodiscard]] auto take_refusals() -> std::uint64_t { return std::exchange(refusals_, 0); }

  /// Ends it as soon as nothing is under way: a request that is being answered is answered.
  void finish(clock::time_point now);

  [[nodiscard]] auto is_over() const -> bool { return state_ == state::over; }
  [[nodiscard]] auto is_answering() const -> bool { return state_ == state::answering; }
  /// Whether it stands without a request: before its first, or between two.
  [[nodiscard]] auto is_idle() const -> bool { return state_ == state::reading && !has_begun_; }
  /// Whether nothing has come that was not read yet.
  [[nodiscard]] auto is_silent() const -> bool;

private:
  enum class state { reading, answering, writing, lingering, over };

  void read(clock::time_point now);
  void look_for_request(clock::time_point now);
  void look_for_head(clock::time_point now);
  void refuse_by_head(const framed_head& head, const http_response& response);
  void write(clock::time_point now);
  void begin_reading(clock::time_point now);
  void begin_lingering(clock::time_point now);
  void discard();

  socket_handle socket_;
  const http_options& options_;
  const http_service& service_;
  state state_ = state::reading;
  clock::time_point deadline_;
  std::string in_;
  std::optional<http_request>
      coming_;                 ///< The request whose body is being read; none while its head is not there.
  std::size_t head_bytes_ = 0; ///< Of that request.
  std::size_t body_bytes_ = 0;
  std::optional<whole_request> request_;
  std::string out_;
  std::size_t written_ = 0;
  std::size_t discarded_ = 0;
  std::uint64_t refusals_ = 0;
  bool has_begun_ = false; ///< A byte of the request that is being read has come.
  bool closes_ = false;    ///< It ends with what is being written.
};

} // namespace tusker
