#include <tusker/admin/admin_endpoint.hpp>

#include <tusker/admin/watched_node.test.hpp>
#include <tusker/http/raw_client.test.hpp>
#include <tusker_test/catch.hpp>

#include <string>

// Who is answered, and who is not.

namespace tusker {

using namespace watched;

TEST_CASE("with a token everything but the health asks for it, and nothing shows it") {
  watched_node test("open-sesame");
  for (const auto* target : {"/ready", "/metrics", "/status", "/projections", "/events", "/nothing"}) {
    auto refused = test.get(target);
    CHECK(refused.status == 401);
    CHECK(refused.body.find("sesame") == std::string::npos);
    auto taken = test.client("open-sesame").get(target).value();
    CHECK(taken.status != 401);
    CHECK(taken.body.find("sesame") == std::string::npos);
  }
  CHECK(test.get("/health").status == 200);
  CHECK(test.client("open-sesam").post("/projections/openings/pause")->status == 401);
  CHECK(test.node->projection_status_of("openings")->phase != projection_phase::paused);
}

TEST_CASE("a body that nobody takes is not waited for, of a stranger or for what is not there") {
  watched_node test("sesame");
  auto status_of = [&](const std::string& head) {
    raw_client client(test.endpoint->address());
    return client.send(head + "Host: h\r\nContent-Length: 99\r\n\r\n") ? status_in(client.read_all()) : 0;
  };
  CHECK(status_of("POST /projections/openings/pause HTTP/1.1\r\n") == 401);
  CHECK(status_of("POST /nothing HTTP/1.1\r\nAuthorization: Bearer sesame\r\n") == 404);
  CHECK(status_of("POST /metrics HTTP/1.1\r\nAuthorization: Bearer sesame\r\n") == 405);
}

TEST_CASE("without a token no web page is answered, whatever name it has for this machine") {
  watched_node test;
  auto status_with = [&](const http_address& to, const std::string& fields) {
    raw_client raw(to);
    return status_in(
        raw.ask("POST /projections/openings/pause HTTP/1.1\r\n" + fields + "Content-Length: 0\r\n\r\n", "}"));
  };
  auto address = test.endpoint->address();
  CHECK(status_with(address, "Host: 127.0.0.1:8081\r\nOrigin: http://shop.example\r\n") == 403);
  CHECK(status_with(address, "Host: 127.0.0.1:8081\r\nOrigin: null\r\n") == 403);
  CHECK(status_with(address, "Host: rebound.example:8081\r\n") == 403);
  CHECK(status_with(address, "Host: rebound.example\r\n") == 403);
  CHECK(test.node->projection_status_of("openings")->phase != projection_phase::paused);
  for (const auto* host : {"127.0.0.1", "127.0.0.1:8081", "localhost", "localhost:1", "[::1]", "[::1]:8081"})
    CHECK(status_with(address, std::string("Host: ") + host + "\r\n") == 200);
  watched_node guarded("sesame");
  CHECK(status_with(guarded.endpoint->address(), "Host: ops.example\r\nOrigin: https://ops.example\r\n"
                                                 "Authorization: Bearer sesame\r\n") == 200);
}

} // namespace tusker
