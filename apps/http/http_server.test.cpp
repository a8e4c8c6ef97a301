#include <tusker/http/http_server.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker/http/echo_server.test.hpp>
#include <tusker/http/few_descriptors.test.hpp>
#include <tusker/http/http_client.hpp>
#include <tusker/http/http_errc.hpp>
#include <tusker/http/raw_client.test.hpp>
#include <tusker_test/catch.hpp>

#include <atomic>
#include <future>
#include <mutex>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace tusker {

TEST_CASE("a server takes a free port, tells it, and answers") {
  auto server = opened(options_of_tests());
  CHECK(server.address().port != 0);
  http_client client({.server = server.address()});
  auto got = client.get("/a/b%20c");
  REQUIRE(got);
  CHECK(got->status == 200);
  CHECK(got->body == "GET a b c [].");
  auto posted = client.post("/in", R"({"x":1})");
  REQUIRE(posted);
  CHECK(posted->body == R"(POST in [{"x":1}].)");
  CHECK(server.stats().requests == 2);
}

TEST_CASE("a connection takes one request after the other, also those that are sent along") {
  auto server = opened(options_of_tests());
  raw_client client(server.address());
  CHECK(status_in(client.ask(get("/1"), "].")) == 200);
  REQUIRE(client.send(get("/2") + post("body") + "\r\n" + get("/3")));
  auto answers = client.read_until("GET 3 [].");
  CHECK(answers.find("GET 2 [].") < answers.find("POST in [body]."));
  CHECK(answers.find("POST in [body].") < answers.find("GET 3 []."));
}

TEST_CASE("a request may come in single bytes") {
  auto server = opened(options_of_tests());
  raw_client client(server.address());
  for (char byte : post("slowly"))
    REQUIRE(client.send(std::string_view(&byte, 1)));
  CHECK(client.read_until("].").find("POST in [slowly].") != std::string::npos);
}

TEST_CASE("the connection is closed when the client wants it so, or speaks HTTP/1.0") {
  auto server = opened(options_of_tests());
  raw_client closing(server.address());
  REQUIRE(closing.send("GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"));
  CHECK(status_in(closing.read_all()) == 200);
  raw_client old(server.address());
  REQUIRE(old.send("GET / HTTP/1.0\r\n\r\n"));
  CHECK(status_in(old.read_all()) == 200);
}

TEST_CASE("however the client says that the connection is to end, it ends, and the answer says so") {
  auto server = opened(options_of_tests());
  auto head = GENERATE("GET / HTTP/1.1\r\nHost: h\r\nConnection: CLOSE\r\n",
                       "GET / HTTP/1.1\r\nHost: h\r\nConnection: te, close\r\n",
                       "GET / HTTP/1.1\r\nHost: h\r\nconnection: Upgrade\r\nConnection: Close\r\n",
                       "GET / HTTP/1.0\r\n", "GET / HTTP/1.0\r\nConnection: te\r\n");
  raw_client client(server.address());
  REQUIRE(client.send(std::string(head) + "\r\n"));
  auto answer = client.read_all();
  CHECK(status_in(answer) == 200);
  CHECK(answer.find("Connection: close\r\n") != std::string::npos);
}

TEST_CASE("a connection that goes on says no more than is so, of an old client that it goes on") {
  auto server = opened(options_of_tests());
  raw_client client(server.address());
  auto answer = client.ask("GET /1 HTTP/1.1\r\nHost: h\r\nConnection: keep-alive\r\n\r\n", "].");
  CHECK(answer.find("Keep-Alive") == std::string::npos);
  CHECK(status_in(client.ask(get("/2"), "].")) == 200);
  raw_client old(server.address());
  auto kept = old.ask("GET /1 HTTP/1.0\r\nConnection: te, KEEP-ALIVE\r\n\r\n", "].");
  CHECK(kept.find("Connection: keep-alive\r\n") != std::string::npos);
  CHECK(kept.find("Keep-Alive:") == std::string::npos);
  CHECK(status_in(old.ask("GET /2 HTTP/1.0\r\n\r\n", "].")) == 200);
}

TEST_CASE("an answer is the same bytes whatever coding the client would take") {
  http_response large;
  large.body = std::string(10'000, ' ');
  auto server = opened(options_of_tests(), {[&](const http_request&) { return large; }});
  raw_client client(server.address());
  REQUIRE(client.send("GET / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: br, gzip\r\nConnection: close\r\n\r\n"));
  auto answer = client.read_all();
  CHECK(answer.find("Content-Encoding") == std::string::npos);
  CHECK(answer.substr(answer.size() - large.body.size()) == large.body);
}

TEST_CASE("a client that waits for a word before its body is given it") {
  auto server = opened(options_of_tests());
  raw_client client(server.address());
  REQUIRE(client.send("POST /in HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
  CHECK(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  CHECK(status_in(client.ask("ok", "].")) == 200);
}

TEST_CASE(
    "HEAD is answered without a body, ranges are not served, and what is asked for twice is not sent twice") {
  auto server = opened(options_of_tests());
  raw_client head(server.address());
  REQUIRE(head.send("HEAD /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
  auto answer = head.read_all();
  CHECK(status_in(answer) == 200);
  CHECK(answer.substr(answer.size() - 4) == "\r\n\r\n");
  CHECK(answer.find("Accept-Ranges") == std::string::npos);
  raw_client ranges(server.address());
  REQUIRE(ranges.send("GET /x HTTP/1.1\r\nHost: h\r\nRange: bytes=0-,0-,0-\r\nConnection: close\r\n\r\n"));
  CHECK(status_in(ranges.read_all()) == 200);
}

TEST_CASE("malformed requests are answered with their fault in JSON, reach nobody, and end the connection") {
  std::atomic<int> calls = 0;
  auto server = opened(options_of_tests(), {[&](const http_request&) {
                         ++calls;
                         return http_response();
                       }});
  auto [bytes, status] = GENERATE(table<std::string, int>({
      {"hello\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"GET / HTTP/1.1\nHost: a\n\n", 400},
      {"GET / HTTP/3\r\nHost: a\r\n\r\n", 505},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411},
      {std::string("\0\0\0\n", 4), 400},
  }));
  raw_client client(server.address());
  REQUIRE(client.send(bytes));
  auto answer = client.read_all();
  CHECK(status_in(answer) == status);
  CHECK(answer.find("Content-Type: application/json\r\n") != std::string::npos);
  CHECK(answer.find(R"({"error":")") != std::string::npos);
  CHECK(calls == 0);
  // It is counted behind the answer.
  while (server.stats().refused == 0)
    std::this_thread::yield();
  CHECK(server.stats().refused == 1);
  CHECK(server.stats().requests == 0);
}

TEST_CASE("a target that cannot be read is answered, and the connection goes on") {
  auto server = opened(options_of_tests());
  raw_client client(server.address());
  CHECK(status_in(client.ask(get("/%zz"), "}")) == 400);
  CHECK(status_in(client.ask(get("/ok"), "].")) == 200);
}

TEST_CASE("a head or a body past its limit is refused before it is read") {
  auto options = options_of_tests();
  options.body_bytes_max = 10;
  options.header_bytes_max = 512;
  auto server = opened(options);
  raw_client small(server.address());
  CHECK(status_in(small.ask(post("0123456789"), "].")) == 200);
  raw_client body(server.address());
  REQUIRE(body.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n"));
  CHECK(status_in(body.read_all()) == 413);
  raw_client head(server.address());
  REQUIRE(head.send("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(600, 'x')));
  CHECK(status_in(head.read_all()) == 431);
}

TEST_CASE("a client that goes on to send what was refused gets its answer all the same") {
  auto options = options_of_tests();
  options.body_bytes_max = 10;
  auto server = opened(options);
  raw_client client(server.address());
  // More than the buffers of the system hold: it is sent while the answer is written.
  REQUIRE(client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n"));
  CHECK(client.send(std::string(1'000'000, 'x')));
  client.end();
  CHECK(status_in(client.read_all()) == 413);
}

TEST_CASE("a request that does not come as a whole in time is cut, with its head or its body") {
  auto options = options_of_tests();
  options.read_timeout = soon;
  auto server = opened(options);
  auto part = GENERATE("GET / HT", "GET / HTTP/1.1\r\nHost: h\r\n",
                       "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nslow");
  raw_client client(server.address());
  REQUIRE(client.send(part));
  CHECK(status_in(client.read_all()) == 408);
}

TEST_CASE("a connection without a request is closed without a word") {
  auto options = options_of_tests();
  options.idle_timeout = soon;
  auto server = opened(options);
  raw_client client(server.address());
  CHECK(client.read_all().empty());
}

TEST_CASE("an answer that is not taken in time is cut, and the server goes on") {
  auto options = options_of_tests();
  options.write_timeout = soon;
  options.workers = 1;
  constexpr std::size_t answer_bytes = std::size_t{64} << 20U;
  auto server = opened(options, {[](const http_request& request) {
                         http_response response;
                         response.body.resize(request.path.front() == "large" ? answer_bytes : 2, '.');
                         return response;
                       }});
  raw_client slow(server.address());
  REQUIRE(slow.send(get("/large")));
  http_client other({.server = server.address()});
  CHECK(other.get("/small")->body == "..");
  while (server.stats().connections > 1)
    std::this_thread::yield();
  CHECK(slow.read_all().size() < answer_bytes);
}

TEST_CASE("slow clients do not keep others from being answered") {
  auto options = options_of_tests();
  options.workers = 1;
  auto server = opened(options);
  std::vector<raw_client> slow;
  slow.reserve(20);
  for (int number = 0; number < 20; ++number) {
    slow.emplace_back(server.address());
    REQUIRE(slow.back().send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nx"));
  }
  http_client other({.server = server.address()});
  CHECK(other.get("/").value().status == 200);
}

TEST_CASE("connections past the limit are told so, and there is room once others have gone") {
  auto options = options_of_tests();
  options.connections_max = 2;
  auto server = opened(options);
  std::vector<raw_client> clients;
  clients.reserve(2);
  for (int number = 0; number < 2; ++number) {
    clients.emplace_back(server.address());
    // Of a request that is under way none is closed.
    REQUIRE(clients.back().send("GET / HTTP/1.1\r\nHost: "));
  }
  raw_client third(server.address());
  auto answer = third.read_until("}");
  CHECK(status_in(answer) == 503);
  CHECK(answer.find("Retry-After: 1\r\n") != std::string::npos);
  CHECK(server.stats().connections_refused == 1);
  clients.clear();
  while (server.stats().connections > 1)
    std::this_thread::yield();
  third = raw_client(server.address());
  CHECK(status_in(third.ask(get("/"), "].")) == 200);
}

TEST_CASE("a new connection takes the place of the one that is idle longest, before or after a request") {
  auto options = options_of_tests();
  options.connections_max = 2;
  auto server = opened(options);
  raw_client silent(server.address());
  raw_client first(server.address());
  REQUIRE(status_in(first.ask(get("/1"), "].")) == 200);
  raw_client second(server.address());
  CHECK(status_in(second.ask(get("/2"), "].")) == 200);
  CHECK(silent.read_all().empty());
  raw_client third(server.address());
  CHECK(status_in(third.ask(get("/3"), "].")) == 200);
  CHECK(first.read_all().empty());
  CHECK(status_in(second.ask(get("/4"), "].")) == 200);
  CHECK(server.stats().connections_refused == 0);
}

TEST_CASE("an idle connection makes room for a new one when the system has no descriptor left") {
  auto server = opened(options_of_tests());
  raw_client idle(server.address());
  REQUIRE(status_in(idle.ask(get("/1"), "].")) == 200);
  few_descriptors few(1);
  raw_client client(server.address());
  CHECK(status_in(client.ask(get("/2"), "].")) == 200);
  CHECK(idle.read_all().empty());
  CHECK(server.stats().accepts_failed == 0);
}

TEST_CASE("requests past the queue are told to come again, and their connections go on") {
  auto options = options_of_tests();
  options.workers = 1;
  options.queue_max = 1;
  std::counting_semaphore<16> begun(0);
  std::counting_semaphore<16> go_on(0);
  auto server = opened(options, {[&](const http_request& request) {
                         if (request.path.front() == "slow") {
                           begun.release();
                           go_on.acquire();
                         }
                         return echo(request);
                       }});
  raw_client busy(server.address());
  REQUIRE(busy.send(get("/slow")));
  begun.acquire();
  raw_client waiting(server.address());
  REQUIRE(waiting.send(get("/waits")));
  while (server.stats().requests < 2)
    std::this_thread::yield();
  raw_client late(server.address());
  auto answer = late.ask(get("/late"), "}");
  CHECK(status_in(answer) == 429);
  CHECK(answer.find("Retry-After: 1\r\n") != std::string::npos);
  go_on.release();
  CHECK(status_in(busy.read_until("].")) == 200);
  CHECK(status_in(waiting.read_until("].")) == 200);
  CHECK(status_in(late.ask(get("/late"), "].")) == 200);
}

TEST_CASE("with a token every request needs it, but for what is open") {
  auto options = options_of_tests();
  options.token = secret("open-sesame");
  auto server = opened(options, {echo, [](const http_request& request) {
                                   return request.path == std::vector<std::string>{"health"};
                                 }});
  http_client right({.server = server.address(), .token = secret("open-sesame")});
  CHECK(right.get("/x")->status == 200);
  http_client without({.server = server.address()});
  CHECK(without.get("/health")->status == 200);
  for (const auto* given : {"", "open sesam", "open-sesame ", "OPEN SESAME", "open-sesame!"}) {
    http_client wrong({.server = server.address(), .token = secret(given)});
    auto answer = wrong.get("/x");
    REQUIRE(answer);
    CHECK(answer->status == (std::string_view(given) == "open-sesame " ? 200 : 401));
    CHECK(answer->body.find("sesame") == std::string::npos);
  }
  raw_client basic(server.address());
  auto answer = basic.ask("GET /x HTTP/1.1\r\nHost: h\r\nAuthorization: Basic open-sesame\r\n\r\n", "}");
  CHECK(status_in(answer) == 401);
  CHECK(answer.find("WWW-Authenticate: Bearer\r\n") != std::string::npos);
  raw_client twice(server.address());
  auto both = twice.ask("GET /x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer open-sesame\r\n"
                        "Authorization: Bearer wrong\r\n\r\n",
                        "}");
  CHECK(status_in(both) == 401);
}

TEST_CASE("an address that others reach is not bound without a token") {
  auto options = options_of_tests();
  options.listen.host = "0.0.0.0";
  auto refused = http_server::open(options, {echo});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == config_errc::missing);
  options.token = secret("t");
  CHECK(http_server::open(options, {echo}));
}

TEST_CASE("a port that is taken is told") {
  auto server = opened(options_of_tests());
  auto options = options_of_tests();
  options.listen = server.address();
  auto refused = http_server::open(options, {echo});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == http_errc::cannot_listen);
  CHECK(refused.error().message().find(to_string(server.address())) != std::string::npos);
}

TEST_CASE("what a handler throws is answered, without what it says") {
  auto server = opened(options_of_tests(), {[](const http_request&) -> http_response {
                         throw std::runtime_error("the password is tiger");
                       }});
  http_client client({.server = server.address()});
  auto answer = client.get("/");
  REQUIRE(answer);
  CHECK(answer->status == 500);
  CHECK(answer->body.find("tiger") == std::string::npos);
}

TEST_CASE("a stop answers what was taken, and takes nothing more") {
  std::promise<void> begun;
  std::promise<void> go_on;
  auto server = opened(options_of_tests(), {[&](const http_request& request) {
                         begun.set_value();
                         go_on.get_future().wait();
                         return echo(request);
                       }});
  raw_client client(server.address());
  raw_client idle(server.address());
  REQUIRE(client.send(get("/slow")));
  begun.get_future().wait();
  auto stopping = std::async(std::launch::async, [&] { return server.stop(); });
  CHECK(idle.read_all().empty());
  CHECK_FALSE(raw_client(server.address()).is_connected());
  go_on.set_value();
  CHECK(client.read_all().find("GET slow [].") != std::string::npos);
  CHECK(stopping.get());
  CHECK(server.stop());
}

TEST_CASE("a stop waits no longer than it may") {
  auto options = options_of_tests();
  options.stop_timeout = soon;
  std::promise<void> begun;
  std::promise<void> go_on;
  auto server = opened(options, {[&](const http_request& request) {
                         begun.set_value();
                         go_on.get_future().wait();
                         return echo(request);
                       }});
  raw_client client(server.address());
  REQUIRE(client.send(get("/slow")));
  begun.get_future().wait();
  auto stopped = server.stop();
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code() == http_errc::not_stopped);
  CHECK(client.read_all().empty());
  go_on.set_value();
}

TEST_CASE("many clients at one time are answered each with its own") {
  auto options = options_of_tests();
  options.queue_max = 1'000;
  auto server = opened(options);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> clients;
  clients.reserve(8);
  for (int number = 0; number < 8; ++number) {
    clients.emplace_back([&, number] {
      http_client client({.server = server.address()});
      for (int turn = 0; turn < 50; ++turn) {
        auto name = std::to_string(number * 1'000 + turn);
        auto answer = client.get("/" + name);
        wrong += answer && answer->body == "GET " + name + " []." ? 0 : 1;
      }
    });
  }
  for (auto& client : clients)
    client.join();
  CHECK(wrong == 0);
}

TEST_CASE("a client takes no answer past its limit, and tells when nobody is there") {
  auto server = opened(options_of_tests());
  http_client small({.server = server.address(), .answer_bytes_max = 5});
  auto refused = small.get("/");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == http_errc::too_large);
  auto address = server.address();
  REQUIRE(server.stop());
  auto nobody = http_client({.server = address}).get("/");
  REQUIRE_FALSE(nobody);
  CHECK(nobody.error().code() == http_errc::unreachable);
}

} // namespace tusker
