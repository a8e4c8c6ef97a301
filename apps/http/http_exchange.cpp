#include <tusker/http/http_exchange.hpp>

#include <tusker/http/request_framing.hpp>
#include <tusker/http/request_target.hpp>

#include <algorithm>
#include <array>
#include <httplib.h>
#include <limits>
#include <string_view>
#include <utility>

namespace tusker {

namespace {

/// What is not handed on: the body and its framing are ours; ranges of an answer are not served, and who may ask for
/// ranges that overlap makes large answers of small ones.
constexpr std::array<std::string_view, 6> kept_fields{"content-length", "expect",  "range",
                                                      "if-range",       "trailer", "upgrade"};

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
  return text + "\r\n";
}

auto lower_case(std::string_view text) -> std::string {
  std::string lower(text);
  for (auto& c : lower)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

auto answer_safely(const http_service& service, const http_request& request) -> http_response {
  try {
    return service.answer(request);
  } catch (...) {
    // What was thrown may name what is nobody's business.
    return error_response(500, "internal_error", "the request could not be answered");
  }
}

/// `Bearer TOKEN`; the word in any case. Of two such headers none counts: a proxy may have looked at the other one.
auto is_authorized(const http_request& request, const secret& token) -> bool {
  constexpr std::string_view scheme = "bearer ";
  auto header = request.single_header("authorization");
  auto given = header ? *header : std::nullopt;
  if (!given || given->size() < scheme.size() || !is_field_name(given->substr(0, scheme.size()), scheme))
    return false;
  auto text = given->substr(scheme.size());
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return token.matches(text);
}

} // namespace

auto answer_checked(const http_service& service, const secret& token, const http_request& request)
    -> http_response {
  auto is_open = service.is_open && service.is_open(request);
  if (!token.is_empty() && !is_open && !is_authorized(request, token)) {
    auto refusal = error_response(401, "unauthorized", "this takes the header 'Authorization: Bearer TOKEN'");
    refusal.headers.emplace_back("WWW-Authenticate", "Bearer");
    return refusal;
  }
  return answer_safely(service, request);
}

class http_exchange::impl : private httplib::Server {
public:
  impl(const http_service& service, const secret& token) : service_(service), token_(token) {
    // The routes of the library are left alone: they are regular expressions, over what a stranger sent.
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      reply(request, response);
      return HandlerResponse::Handled;
    });
  }

  auto answer(const whole_request& request) -> wire_answer {
    constexpr auto none = std::numeric_limits<std::size_t>::max();
    auto framed = frame_head(request.head, {none, none, none});
    const auto* head = std::get_if<framed_head>(&framed);
    if (head == nullptr)
      return {to_wire(error_response(400, "malformed_request", "the request cannot be read"), true), true};
    head_ = head;
    body_ = &request.body;
    memory_stream stream(handed_on(*head));
    auto closes = false;
    if (!process(stream, closes) || stream.written().empty())
      return {to_wire(error_response(400, "malformed_request", "the request cannot be read"), true), true};
    return {std::move(stream.written()), closes};
  }

private:
  /// Newer versions want to be told the addresses.
  template <class Stream>
  auto process(Stream& stream, bool& closes) -> bool {
    auto nothing = [](httplib::Request&) {};
    if constexpr (requires { this->process_request(stream, false, closes, nothing); })
      return this->process_request(stream, false, closes, nothing);
    else
      return this->process_request(stream, std::string(), 0, std::string(), 0, false, closes, nothing);
  }

  void reply(const httplib::Request& request, httplib::Response& response) {
    auto given = answered(request);
    response.status = given.status;
    for (const auto& [name, value] : given.headers)
      response.set_header(name, value);
    response.set_content(given.body, given.content_type);
  }

  auto answered(const httplib::Request& request) -> http_response {
    auto target = parse_target(head_->target);
    if (!target)
      return error_response(400, "malformed_target", target.error().message());
    http_request known;
    known.method = request.method;
    known.path = std::move(target->path);
    known.params = std::move(target->params);
    known.headers.reserve(head_->fields.size());
    for (const auto& [name, value] : head_->fields)
      known.headers.emplace_back(lower_case(name), value);
    known.body = *body_;
    return answer_checked(service_, token_, known);
  }

  const http_service& service_;
  const secret& token_;
  const framed_head* head_ = nullptr; ///< Of the request that is being answered.
  const std::string* body_ = nullptr;
};

http_exchange::http_exchange(const http_service& service, const secret& token)
    : impl_(std::make_unique<impl>(service, token)) {}
http_exchange::http_exchange(http_exchange&&) noexcept = default;
auto http_exchange::operator=(http_exchange&&) noexcept -> http_exchange& = default;
http_exchange::~http_exchange() = default;

auto http_exchange::answer(const whole_request& request) -> wire_answer {
  return impl_->answer(request);
}

} // namespace tusker
