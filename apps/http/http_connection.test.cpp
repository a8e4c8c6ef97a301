#include <tusker/http/http_connection.hpp>

#include <tusker/http/echo_server.test.hpp>
#include <tusker_test/catch.hpp>

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <utility>

namespace tusker {

namespace {

using std::chrono::seconds;

/// A connection whose time and whose client are the test's.
class given_connection {
public:
  given_connection() {
    options.read_timeout = seconds(5);
    options.idle_timeout = seconds(30);
    std::array<int, 2> pair{};
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair.data()) == 0);
    client = socket_handle(pair[1]);
    connection.emplace(socket_handle(pair[0]), options, service, now);
  }

  /// Some bytes come, `later` than what was before.
  void come(std::string_view bytes, seconds later = seconds(0)) {
    now += later;
    REQUIRE(::send(client.get(), bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
    connection->on_ready(now);
  }

  /// What the client was answered until now.
  auto answer() const -> std::string {
    std::string bytes(4'096, 0);
    auto count = ::recv(client.get(), bytes.data(), bytes.size(), 0);
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
  }

  http_options options;
  http_service service{echo};
  http_connection::clock::time_point now = http_connection::clock::now();
  http_connection::clock::time_point begun = now;
  socket_handle client;
  std::optional<http_connection> connection;
};

} // namespace

TEST_CASE("empty lines do not keep a connection open any longer, whole or in halves") {
  given_connection test;
  for (const auto* bytes : {"\r\n", "\r\n\r\n", "\r", "\n", "\r\n\r"}) {
    test.come(bytes, seconds(4));
    CHECK(test.connection->deadline() == test.begun + seconds(30));
    CHECK(test.connection->is_idle());
  }
  test.connection->on_deadline(test.begun + seconds(30));
  CHECK(test.connection->is_over());
  CHECK(test.answer().empty());
}

TEST_CASE("the time of a request begins with its first byte, and no other gives it more") {
  given_connection test;
  test.come("\r\n", seconds(20));
  test.come("G", seconds(1));
  auto by = test.now + seconds(5);
  CHECK_FALSE(test.connection->is_idle());
  for (const auto* bytes : {"ET / HTTP/1.1\r\n", "Host: h\r\n", "Content-Length: 2\r\n", "\r\n", "x"}) {
    CHECK(test.connection->deadline() == by);
    test.come(bytes, seconds(1));
  }
  CHECK(test.connection->deadline() == by);
  test.connection->on_deadline(by);
  CHECK(test.answer().find(" 408 ") != std::string::npos);
}

TEST_CASE("an answer begins the time of the next request anew") {
  given_connection test;
  test.come(get("/1") + "\r\n", seconds(9));
  REQUIRE(test.connection->take_request());
  test.connection->answer({"answer", false}, test.now);
  CHECK(test.connection->is_idle());
  CHECK(test.connection->deadline() == test.now + seconds(30));
}

TEST_CASE("a connection where something waits to be read is not silent") {
  given_connection test;
  CHECK(test.connection->is_silent());
  REQUIRE(::send(test.client.get(), "G", 1, 0) == 1);
  CHECK_FALSE(test.connection->is_silent());
  CHECK(test.connection->is_idle());
  test.client.reset();
  CHECK_FALSE(test.connection->is_silent());
}

} // namespace tusker
