#pragma once

#include <tusker/config/http_options.hpp>
#include <tusker/http/socket_handle.hpp>

#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace tusker {

/// A client that sends whatever bytes it is given, whole or in parts.
class raw_client {
public:
  explicit raw_client(const http_address& server)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.port);
    ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    is_connected_ = ::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  }

  [[nodiscard]] auto is_connected() const -> bool { return is_connected_; }

  /// Returns whether all of it was taken.
  auto send(std::string_view bytes) -> bool {
    while (!bytes.empty()) {
      auto count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0)
        return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  /// Nothing more is sent.
  void end() { ::shutdown(socket_.get(), SHUT_WR); }

  /// All that comes until the server closes the connection.
  auto read_all() -> std::string {
    std::string all;
    while (read_some(all)) {
    }
    return all;
  }

  /// What comes until `end` is in it, or the connection is closed.
  auto read_until(std::string_view end) -> std::string {
    std::string all;
    while (all.find(end) == std::string::npos && read_some(all)) {
    }
    return all;
  }

  /// All of one answer whose body ends with `end`.
  auto ask(std::string_view request, std::string_view end) -> std::string {
    return send(request) ? read_until(end) : std::string();
  }

private:
  auto read_some(std::string& into) -> bool {
    std::array<char, 4096> buffer{};
    auto count = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
    if (count <= 0)
      return false;
    into.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
  }

  socket_handle socket_;
  bool is_connected_ = false;
};

/// The status in the first line of an answer; 0 when there is none.
[[nodiscard]] inline auto status_in(std::string_view answer) -> int {
  constexpr std::string_view version = "HTTP/1.1 ";
  if (answer.substr(0, version.size()) != version || answer.size() < version.size() + 3)
    return 0;
  return std::stoi(std::string(answer.substr(version.size(), 3)));
}

} // namespace tusker
