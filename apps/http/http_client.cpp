#include <tusker/http/http_client.hpp>

#include <tusker/http/http_errc.hpp>

#include <httplib.h>

namespace tusker {

class http_client::impl {
public:
  explicit impl(const http_client_options& options)
      : options_(options), client_(options.server.host, options.server.port) {
    client_.set_connection_timeout(options.timeout);
    client_.set_read_timeout(options.timeout);
    client_.set_write_timeout(options.timeout);
    client_.set_keep_alive(true);
    client_.set_tcp_nodelay(true);
    client_.set_follow_location(false);
    if (!options.token.is_empty())
      client_.set_bearer_token_auth(options.token.reveal());
  }

  auto send(httplib::Request request) -> result<http_answer> {
    std::string body;
    auto is_too_large = false;
    request.content_receiver = [&](const char* data, std::size_t size, std::uint64_t, std::uint64_t) {
      is_too_large = body.size() + size > options_.answer_bytes_max;
      if (!is_too_large)
        body.append(data, size);
      return !is_too_large;
    };
    auto given = client_.send(request);
    if (is_too_large)
      return fail(http_errc::too_large, "the answer of " + to_string(options_.server) + " is larger than " +
                                            std::to_string(options_.answer_bytes_max) + " bytes");
    if (!given)
      return fail(http_errc::unreachable,
                  "no answer from " + to_string(options_.server) + ": " + httplib::to_string(given.error()));
    http_answer answer{given->status, std::move(body), {}};
    for (const auto& [name, value] : given->headers)
      answer.headers.emplace_back(name, value);
    return answer;
  }

private:
  http_client_options options_;
  httplib::Client client_;
};

http_client::http_client(const http_client_options& options) : impl_(std::make_unique<impl>(options)) {}
http_client::http_client(http_client&&) noexcept = default;
auto http_client::operator=(http_client&&) noexcept -> http_client& = default;
http_client::~http_client() = default;

auto http_client::get(const std::string& target) -> result<http_answer> {
  httplib::Request request;
  request.method = "GET";
  request.path = target;
  return impl_->send(std::move(request));
}

auto http_client::post(const std::string& target, const std::string& body,
                       const std::vector<std::pair<std::string, std::string>>& headers)
    -> result<http_answer> {
  httplib::Request request;
  request.method = "POST";
  request.path = target;
  request.body = body;
  request.set_header("Content-Type", "application/json");
  for (const auto& [name, value] : headers)
    request.set_header(name, value);
  return impl_->send(std::move(request));
}

} // namespace tusker
