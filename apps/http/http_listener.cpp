#include <tusker/http/http_listener.hpp>

#include <tusker/http/http_errc.hpp>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <system_error>

namespace tusker {

namespace {

constexpr int backlog = 128;

struct socket_address {
  sockaddr_storage bytes{};
  socklen_t length = 0;

  [[nodiscard]] auto get() -> sockaddr* { return reinterpret_cast<sockaddr*>(&bytes); }
};

auto to_socket_address(const http_address& address) -> socket_address {
  socket_address made;
  auto host = address.host == "localhost" ? std::string("127.0.0.1") : address.host;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&made.bytes);
  if (::inet_pton(AF_INET, host.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(address.port);
    made.length = sizeof(sockaddr_in);
    return made;
  }
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&made.bytes);
  if (::inet_pton(AF_INET6, host.c_str(), &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(address.port);
    made.length = sizeof(sockaddr_in6);
  }
  return made;
}

auto port_of(const socket_address& address) -> std::uint16_t {
  // The port stands at the same place in both.
  return ntohs(reinterpret_cast<const sockaddr_in*>(&address.bytes)->sin_port);
}

auto cannot(const http_address& address, int why) -> error {
  return {http_errc::cannot_listen,
          "cannot listen at " + to_string(address) + ": " + std::generic_category().message(why)};
}

} // namespace

auto listen_at(const http_address& address) -> result<http_listener> {
  auto wanted = to_socket_address(address);
  if (wanted.length == 0)
    return fail(cannot(address, EINVAL));
  socket_handle socket(
      ::socket(wanted.bytes.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
  // A server that was killed a moment ago leaves its port in TIME_WAIT.
  int yes = 1;
  if (!socket.is_open() || ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0 ||
      ::bind(socket.get(), wanted.get(), wanted.length) != 0 || ::listen(socket.get(), backlog) != 0)
    return fail(cannot(address, errno));
  socket_address taken;
  taken.length = sizeof(taken.bytes);
  if (::getsockname(socket.get(), taken.get(), &taken.length) != 0)
    return fail(cannot(address, errno));
  return http_listener{std::move(socket), {address.host, port_of(taken)}};
}

} // namespace tusker
