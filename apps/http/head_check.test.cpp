#include <tusker/http/head_check.hpp>

#include <tusker/http/echo_server.test.hpp>
#include <tusker/http/raw_client.test.hpp>
#include <tusker_test/catch.hpp>

#include <atomic>
#include <optional>
#include <string>

namespace tusker {

TEST_CASE("who is refused by the head is answered before the body has come, and is asked for none") {
  auto options = options_of_tests();
  options.token = secret("sesame");
  std::atomic<int> calls = 0;
  http_service service{[&](const http_request& request) {
    ++calls;
    return echo(request);
  }};
  service.refusal = [](const http_request& head) {
    return head.path.empty() ? std::optional(error_response(403, "forbidden", "not this")) : std::nullopt;
  };
  auto server = opened(options, service);
  auto [head, status] = GENERATE(table<std::string, int>({
      {"POST /in HTTP/1.1\r\n", 401},
      {"POST /in HTTP/1.1\r\nAuthorization: Bearer sesam\r\n", 401},
      {"POST / HTTP/1.1\r\nAuthorization: Bearer sesame\r\n", 403},
      {"POST /%zz HTTP/1.1\r\nAuthorization: Bearer sesame\r\n", 400},
  }));
  raw_client client(server.address());
  REQUIRE(client.send(head + "Host: h\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n"));
  // Not a byte of the body was sent, and none will be.
  auto answer = client.read_all();
  CHECK(status_in(answer) == status);
  CHECK(answer.find("Connection: close\r\n") != std::string::npos);
  CHECK(calls == 0);
  CHECK(server.stats().requests == 0);
}

TEST_CASE("who is refused by the head and sends no body may go on, with HEAD too") {
  auto options = options_of_tests();
  options.token = secret("sesame");
  auto server = opened(options);
  raw_client client(server.address());
  REQUIRE(client.send("HEAD /1 HTTP/1.1\r\nHost: h\r\n\r\n" + get("/2")));
  REQUIRE(client.send("GET /3 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer sesame\r\n\r\n"));
  auto answers = client.read_until("GET 3 [].");
  // The first has no body: the next answer begins behind its head.
  auto second = answers.find("\r\n\r\n") + 4;
  CHECK(status_in(answers) == 401);
  CHECK(status_in(std::string_view(answers).substr(second)) == 401);
  raw_client closing(server.address());
  REQUIRE(closing.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: te, Close\r\n\r\n"));
  CHECK(status_in(closing.read_all()) == 401);
}

} // namespace tusker
