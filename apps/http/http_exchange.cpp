#include <tusker/http/http_exchange.hpp>

#include <tusker/http/request_framing.hpp>

#include <algorithm>
#include <array>
#include <httplib.h>
#include <limits>
#include <string_view>
#include <utility>

namespace tusker {

namespace {

/// What is not handed on: the body and its framing are ours, and so is when the connection ends, which the library
/// reads from one spelling alone; ranges of an answer are not served, and who may ask for ranges that overlap makes
/// large answers of small ones; nothing is compressed, or one version of an order would have two texts under one ETag.
constexpr std::array<std::string_view, 8> kept_fields{
    "content-length", "expect", "range", "if-range", "trailer", "upgrade", "connection", "accept-encoding"};

/// A stream over what is there. The members that a stream must have differ between versions of the library, so that
/// none of them says `override`.
class memory_stream : public httplib::Stream { // NOLINTBEGIN(modernize-use-override)
public:
  explicit memory_stream(std::string in) : in_(std::move(in)) {}

  [[nodiscard]] auto written() -> std::string& { return out_; }

  bool is_readable() const { return at_ < in_.size(); }
  bool is_writable() const { return true; }
  bool wait_readable() const { return is_readable(); }
  bool wait_writable() const { return true; }
  time_t duration() const { return 0; }
  ssize_t read(char* to, std::size_t size) {
    auto count = std::min(size, in_.size() - at_);
    std::copy_n(in_.data() + at_, count, to);
    at_ += count;
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* from, std::size_t size) {
    out_.append(from, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const {
    ip.clear();
    port = 0;
  }
  void get_local_ip_and_port(std::string& ip, int& port) const { get_remote_ip_and_port(ip, port); }
  socket_t socket() const { return INVALID_SOCKET; }

private:
  std::string in_;
  std::size_t at_ = 0;
  std::string out_;
}; // NOLINTEND(modernize-use-override)

/// The head without the fields that are kept back.
auto handed_on(const framed_head& head) -> std::string {
  auto text = std::string(head.method) + " " + std::string(head.target) +
              (head.is_http_1_0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
  for (const auto& [name, value] : head.fields) {
    auto is_kept = std::any_of(kept_fields.begin(), kept_fields.end(),
                               [name = name](auto kept) { return is_field_name(name, kept); });
    if (!is_kept)
      text.append(name).append(": ").append(value).append("\r\n");
  }
  // In the words that the library knows.
  if (head.closes)
    text += "Connection: close\r\n";
  else if (head.is_http_1_0)
    text += "Connection: Keep-Alive\r\n";
  return text + "\r\n";
}

auto answer_safely(const http_service& service, const http_request& request) -> http_response {
  try {
    return service.answer(request);
  } catch (...) {
    // What was thrown may name what is nobody's business.
    return error_response(500, "internal_error", "the request could not be answered");
  }
}

} // namespace

class http_exchange::impl : private httplib::Server {
public:
  explicit impl(const http_service& service) : service_(service) {
    // The routes of the library are left alone: they are regular expressions, over what a stranger sent.
    set_pre_routing_handler([this](const httplib::Request&, httplib::Response& response) {
      reply(response);
      return HandlerResponse::Handled;
    });
    set_post_routing_handler(
        [](const httplib::Request& request, httplib::Response& response) { correct(request, response); });
  }

  auto answer(const whole_request& request) -> wire_answer {
    constexpr auto none = std::numeric_limits<std::size_t>::max();
    auto framed = frame_head(request.head, {none, none, none});
    const auto* head = std::get_if<framed_head>(&framed);
    if (head == nullptr)
      return unreadable();
    request_ = &request.request;
    memory_stream stream(handed_on(*head));
    auto closes = false;
    if (!process(stream, closes) || stream.written().empty())
      return unreadable();
    return {std::move(stream.written()), closes};
  }

private:
  static auto unreadable() -> wire_answer {
    return to_wire(error_response(400, "malformed_request", "the request cannot be read"), true);
  }

  /// Newer versions want to be told the addresses.
  template <class Stream>
  auto process(Stream& stream, bool& closes) -> bool {
    auto nothing = [](httplib::Request&) {};
    if constexpr (requires { this->process_request(stream, false, closes, nothing); })
      return this->process_request(stream, false, closes, nothing);
    else
      return this->process_request(stream, std::string(), 0, std::string(), 0, false, closes, nothing);
  }

  /// The library's last words: how long and for how many requests a connection is kept, which it does not know, and
  /// that there are ranges.
  static void correct(const httplib::Request& request, httplib::Response& response) {
    response.headers.erase("Keep-Alive");
    response.headers.erase("Accept-Ranges");
    if (request.version == "HTTP/1.0" && response.headers.count("Connection") == 0)
      response.set_header("Connection", "keep-alive");
  }

  void reply(httplib::Response& response) {
    auto given = answer_safely(service_, *request_);
    response.status = given.status;
    for (const auto& [name, value] : given.headers)
      response.set_header(name, value);
    response.set_content(given.body, given.content_type);
  }

  const http_service& service_;
  const http_request* request_ = nullptr; ///< The one that is being answered.
};

http_exchange::http_exchange(const http_service& service) : impl_(std::make_unique<impl>(service)) {}
http_exchange::http_exchange(http_exchange&&) noexcept = default;
auto http_exchange::operator=(http_exchange&&) noexcept -> http_exchange& = default;
http_exchange::~http_exchange() = default;

auto http_exchange::answer(const whole_request& request) -> wire_answer {
  return impl_->answer(request);
}

} // namespace tusker
