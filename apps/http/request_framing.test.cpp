#include <tusker/http/request_framing.hpp>

#include <tusker_test/catch.hpp>

#include <string>

namespace tusker {

namespace {

constexpr request_limits limits{1'024, 8, 100};

auto fault_of(const std::string& bytes, request_limits within = limits) -> int {
  auto framed = frame_head(bytes, within);
  const auto* fault = std::get_if<framing_fault>(&framed);
  return fault == nullptr ? 0 : fault->status;
}

auto is_incomplete(const std::string& bytes) -> bool {
  return std::holds_alternative<head_is_incomplete>(frame_head(bytes, limits));
}

} // namespace

TEST_CASE("a request is framed by its head and the length of its body") {
  std::string bytes = "POST /orders?a=1 HTTP/1.1\r\nHost: here\r\nContent-Length: 5 \r\nX-A:\r\n\r\nhelloGET";
  auto framed = frame_head(bytes, limits);
  const auto* head = std::get_if<framed_head>(&framed);
  REQUIRE(head != nullptr);
  CHECK(head->method == "POST");
  CHECK(head->target == "/orders?a=1");
  CHECK(head->head_bytes == bytes.find("hello"));
  CHECK(head->body_bytes == 5);
  REQUIRE(head->fields.size() == 3);
  CHECK(head->fields[1].second == "5");
  CHECK(head->fields[2].second.empty());
  CHECK_FALSE(head->waits_to_continue);
}

TEST_CASE("a head that has not come as a whole is waited for, wherever it is cut") {
  std::string bytes = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";
  for (std::size_t length = 0; length < bytes.size(); ++length)
    CHECK(is_incomplete(bytes.substr(0, length)));
  CHECK_FALSE(is_incomplete(bytes));
}

TEST_CASE("a client that waits before it sends the body is known") {
  auto framed =
      frame_head("PUT / HTTP/1.1\r\nhost: h\r\nExpect: 100-Continue\r\ncontent-length: 3\r\n\r\n", limits);
  REQUIRE(std::holds_alternative<framed_head>(framed));
  CHECK(std::get<framed_head>(framed).waits_to_continue);
}

TEST_CASE("who takes no further answer is known, by a word of a list in any case, or by an old version") {
  auto closes = [](const std::string& version, const std::string& fields) {
    auto bytes = "GET / " + version + "\r\nHost: h\r\n" + fields + "\r\n";
    auto framed = frame_head(bytes, limits);
    REQUIRE(std::holds_alternative<framed_head>(framed));
    return std::get<framed_head>(framed).closes;
  };
  CHECK_FALSE(closes("HTTP/1.1", ""));
  CHECK_FALSE(closes("HTTP/1.1", "Connection: closed, not-close, keep-alive\r\n"));
  CHECK_FALSE(closes("HTTP/1.1", "Connection:\r\n"));
  for (const auto* value : {"close", "CLOSE", "te, close", "Close ,te", "Upgrade,, close"})
    CHECK(closes("HTTP/1.1", "Connection: " + std::string(value) + "\r\n"));
  CHECK(closes("HTTP/1.1", "Connection: te\r\nconnection: close\r\n"));
  CHECK(closes("HTTP/1.0", ""));
  CHECK_FALSE(closes("HTTP/1.0", "Connection: Keep-Alive\r\n"));
}

TEST_CASE("what is no HTTP is told at once, before the head has ended") {
  CHECK(fault_of("\x16\x03\x01 hello\r\n") == 400);
  CHECK(fault_of("GET / HTTP/1.1\n") == 400);
  CHECK(fault_of("GET /\r\n") == 400);
  CHECK(fault_of("GET orders HTTP/1.1\r\n") == 400);
  CHECK(fault_of("GET http://elsewhere/ HTTP/1.1\r\n") == 400);
  CHECK(fault_of("GET /a b HTTP/1.1\r\n") == 400);
  CHECK(fault_of("GET / FTP/1.1\r\n") == 400);
  CHECK(fault_of("GET / HTTP/2.0\r\n") == 505);
  CHECK(fault_of("BREW / HTTP/1.1\r\n") == 501);
}

TEST_CASE("what could be read in two ways is refused") {
  auto field =
      GENERATE("Host: a\r\nHost: b", "Host : a", " Host: a", "Host: a\r\n b", "Host: a\x01", "Host",
               "Content-Length: 3\r\nContent-Length: 3", "Content-Length: 3\r\nTransfer-Encoding: chunked",
               "Content-Length: +3", "Content-Length: 3, 3", "Content-Length: ", "Content-Length: 0x3",
               "Content-Length: -1", "Content-Length: 3 3");
  CHECK(fault_of("POST / HTTP/1.1\r\n" + std::string(field) + "\r\nHost: here\r\n\r\n") == 400);
}

TEST_CASE("a request without a host is refused, but for HTTP/1.0") {
  CHECK(fault_of("GET / HTTP/1.1\r\n\r\n") == 400);
  CHECK(fault_of("GET / HTTP/1.0\r\n\r\n") == 0);
}

TEST_CASE("a body in chunks is refused with what to do instead") {
  CHECK(fault_of("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n") == 411);
}

TEST_CASE("a body is taken up to its limit") {
  auto with_length = [](const std::string& length) {
    return "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\n";
  };
  CHECK(fault_of(with_length("100")) == 0);
  CHECK(fault_of(with_length("101")) == 413);
  CHECK(fault_of(with_length("99999999999999999999999999")) == 413);
}

TEST_CASE("a head is taken up to its limits") {
  std::string line = "GET / HTTP/1.1\r\nHost: h\r\n";
  CHECK(fault_of(line + "X: " + std::string(1'024 - line.size() - 7, 'x') + "\r\n\r\n") == 0);
  CHECK(fault_of(line + "X: " + std::string(1'024 - line.size() - 6, 'x') + "\r\n\r\n") == 431);
  CHECK(fault_of(line + "X: " + std::string(2'000, 'x')) == 431);
  CHECK(fault_of("GET /" + std::string(2'000, 'x')) == 431);
  CHECK(fault_of("GET /" + std::string(8'001, 'x'), {60'000, 8, 0}) == 431);
  std::string fields;
  for (int number = 0; number < 7; ++number)
    fields += "X: y\r\n";
  CHECK(fault_of(line + fields + "\r\n") == 0);
  CHECK(fault_of(line + fields + "X: y\r\n\r\n") == 431);
}

} // namespace tusker
