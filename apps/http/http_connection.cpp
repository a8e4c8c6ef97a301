#include <tusker/http/http_connection.hpp>

#include <tusker/http/head_check.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <utility>

namespace tusker {

namespace {

constexpr std::size_t read_bytes = std::size_t{16} << 10U;
constexpr std::chrono::milliseconds linger_time{1'000};
/// What a client may go on to send after it was refused.
constexpr std::size_t linger_bytes = std::size_t{4} << 20U;
constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

auto would_block() -> bool {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

} // namespace

http_connection::http_connection(socket_handle socket, const http_options& options,
                                 const http_service& service, clock::time_point now)
    : socket_(std::move(socket)), options_(options), service_(service),
      deadline_(now + options.idle_timeout) {}

auto http_connection::wanted_events() const -> short {
  switch (state_) {
  case state::reading:
  case state::lingering:
    return POLLIN;
  case state::writing:
    return POLLOUT;
  case state::answering:
  case state::over:
    break;
  }
  return 0;
}

auto http_connection::deadline() const -> std::optional<clock::time_point> {
  return state_ == state::answering || state_ == state::over ? std::nullopt : std::optional(deadline_);
}

void http_connection::on_ready(clock::time_point now) {
  if (state_ == state::reading)
    read(now);
  else if (state_ == state::writing)
    write(now);
  else if (state_ == state::lingering)
    discard();
}

void http_connection::on_deadline(clock::time_point now) {
  if (state_ != state::reading || is_idle()) {
    state_ = state::over;
    return;
  }
  refuse(error_response(408, "request_timeout",
                        "the request was not there as a whole within " +
                            std::to_string(options_.read_timeout.count()) + " ms"),
         now);
}

void http_connection::read(clock::time_point now) {
  std::array<char, read_bytes> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): it is read into
  // Of a body no more than it has, for which room was made.
  auto most = coming_ ? std::min(buffer.size(), head_bytes_ + body_bytes_ - in_.size()) : buffer.size();
  auto count = ::recv(socket_.get(), buffer.data(), most, 0);
  if (count <= 0) {
    if (count == 0 || !would_block())
      state_ = state::over;
    return;
  }
  in_.append(buffer.data(), static_cast<std::size_t>(count));
  look_for_request(now);
}

void http_connection::look_for_request(clock::time_point now) {
  if (!coming_)
    look_for_head(now);
  auto whole = head_bytes_ + body_bytes_;
  if (!coming_ || in_.size() < whole)
    return;
  // The body takes over what it was read into: it is not held twice, nor by a connection that stands idle.
  auto bytes = std::exchange(in_, in_.substr(whole));
  auto head = bytes.substr(0, head_bytes_);
  bytes.resize(whole);
  bytes.erase(0, head_bytes_);
  coming_->body = std::move(bytes);
  request_ = whole_request{std::move(head), std::move(*coming_)};
  coming_.reset();
  state_ = state::answering;
}

void http_connection::look_for_head(clock::time_point now) {
  // Empty lines before a request are passed over (RFC 9112, section 2.2). They do not begin one: who sends nothing else
  // is idle, and has no more time for that.
  while (std::string_view(in_).substr(0, 2) == "\r\n")
    in_.erase(0, 2);
  if (in_.empty() || in_ == "\r")
    return;
  if (!has_begun_)
    deadline_ = now + options_.read_timeout;
  has_begun_ = true;
  auto framed =
      frame_head(in_, {options_.header_bytes_max, options_.header_fields_max, options_.body_bytes_max});
  if (const auto* fault = std::get_if<framing_fault>(&framed))
    return refuse(error_response(fault->status, fault->error, fault->message), now);
  const auto* head = std::get_if<framed_head>(&framed);
  if (head == nullptr)
    return;
  auto request = request_of(*head);
  if (!request)
    return refuse_by_head(*head, error_response(400, "malformed_target", request.error().message()));
  if (auto refusal = refusal_of(*request, service_, options_.token))
    return refuse_by_head(*head, *refusal);
  coming_ = std::move(*request);
  head_bytes_ = head->head_bytes;
  body_bytes_ = head->body_bytes;
  auto is_body_awaited = head->waits_to_continue && in_.size() == head_bytes_;
  // So few bytes at the beginning of an answer always find room; who does not take them is cut by the deadline.
  if (is_body_awaited)
    (void)::send(socket_.get(), continue_line.data(), continue_line.size(), MSG_NOSIGNAL);
  in_.reserve(head_bytes_ + body_bytes_);
}

/// The connection goes on only where no body follows, which would have to be read.
void http_connection::refuse_by_head(const framed_head& head, const http_response& response) {
  auto closes = head.closes || head.is_http_1_0 || head.body_bytes > 0;
  request_ = whole_request{
      {}, {}, head.method == "HEAD" ? to_wire_of_head(response, closes) : to_wire(response, closes)};
  in_ = closes ? std::string() : in_.substr(head.head_bytes);
  state_ = state::answering;
}

auto http_connection::take_request() -> std::optional<whole_request> {
  return std::exchange(request_, std::nullopt);
}

void http_connection::answer(wire_answer given, clock::time_point now) {
  out_ = std::move(given.bytes);
  written_ = 0;
  closes_ = closes_ || given.closes;
  state_ = state::writing;
  deadline_ = now + options_.write_timeout;
  write(now);
}

void http_connection::refuse(const http_response& response, clock::time_point now) {
  ++refusals_;
  in_ = {};
  coming_.reset();
  answer(to_wire(response, true), now);
}

void http_connection::write(clock::time_point now) {
  while (written_ < out_.size()) {
    auto count = ::send(socket_.get(), out_.data() + written_, out_.size() - written_, MSG_NOSIGNAL);
    if (count < 0) {
      if (!would_block())
        state_ = state::over;
      return;
    }
    written_ += static_cast<std::size_t>(count);
  }
  out_ = {};
  if (closes_)
    begin_lingering(now);
  else
    begin_reading(now);
}

void http_connection::begin_reading(clock::time_point now) {
  state_ = state::reading;
  deadline_ = now + options_.idle_timeout;
  has_begun_ = false;
  // A client may have sent its next request along.
  if (!in_.empty())
    look_for_request(now);
}

void http_connection::begin_lingering(clock::time_point now) {
  in_ = {};
  state_ = state::lingering;
  deadline_ = now + linger_time;
  ::shutdown(socket_.get(), SHUT_WR);
}

void http_connection::discard() {
  std::array<char, read_bytes> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): it is read into
  auto count = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
  discarded_ += count > 0 ? static_cast<std::size_t>(count) : 0;
  if (count == 0 || (count < 0 && !would_block()) || discarded_ > linger_bytes)
    state_ = state::over;
}

auto http_connection::is_silent() const -> bool {
  char byte = 0;
  return ::recv(socket_.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && would_block();
}

void http_connection::finish(clock::time_point now) {
  closes_ = true;
  if (is_idle())
    state_ = state::over;
  else if (state_ == state::reading)
    refuse(error_response(503, "stopping", "the server stops"), now);
}

} // namespace tusker
