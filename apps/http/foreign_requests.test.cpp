#include <tusker/http/foreign_requests.hpp>

#include <tusker_test/catch.hpp>

#include <string>
#include <utility>
#include <vector>

namespace tusker {

namespace {

using fields = std::vector<std::pair<std::string, std::string>>;

auto head_with(fields headers) -> http_request {
  http_request head;
  head.method = "POST";
  head.headers = std::move(headers);
  return head;
}

auto status_of(const std::optional<http_response>& refusal) -> int {
  return refusal ? refusal->status : 0;
}

} // namespace

TEST_CASE("a request with an origin, or for a host that is not this machine, is one of a web page") {
  auto headers = GENERATE(values<fields>({
      {{"host", "127.0.0.1:8080"}, {"origin", "http://shop.example"}},
      {{"host", "127.0.0.1:8080"}, {"origin", "http://127.0.0.1:8080"}},
      {{"host", "127.0.0.1:8080"}, {"origin", "null"}},
      {{"host", "rebound.example:8080"}},
      {{"host", "rebound.example"}},
      {{"host", "127.0.0.1.example"}},
      {{"host", "192.168.1.7:8080"}},
      {{"host", ""}},
      {{"host", "a b<>"}},
  }));
  CHECK(status_of(refusal_of_web_page(head_with(headers))) == 403);
}

TEST_CASE("a program that asks this machine is no web page") {
  for (const auto* host : {"127.0.0.1", "127.0.0.1:8081", "localhost", "localhost:1", "[::1]", "[::1]:8081"})
    CHECK_FALSE(refusal_of_web_page(head_with({{"host", host}})));
  CHECK_FALSE(refusal_of_web_page(head_with({})));
}

TEST_CASE("a body is JSON, and says so") {
  for (const auto* media : {"application/json", "Application/JSON", "application/json; charset=utf-8",
                            "application/json ;x=\"y\""})
    CHECK_FALSE(refusal_of_other_media(head_with({{"content-length", "2"}, {"content-type", media}})));
  for (const auto* media :
       {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=application/json",
        "application/jsonp", "application/json, text/plain", ""})
    CHECK(status_of(refusal_of_other_media(head_with({{"content-length", "2"}, {"content-type", media}}))) ==
          415);
}

TEST_CASE("of a body that is no JSON it is told what it must be") {
  auto message = [](fields headers) {
    headers.emplace_back("content-length", "010");
    auto refusal = refusal_of_other_media(head_with(std::move(headers)));
    return refusal ? refusal->body : std::string();
  };
  CHECK(
      message({{"content-type", "text/plain"}}) ==
      R"({"error":"unsupported_media_type","message":"the body has the content-type 'text/plain'; it must be )"
      R"('application/json'"})");
  CHECK(message({}).find("no content-type;") != std::string::npos);
  CHECK(message({{"content-type", "application/json"}, {"content-type", "text/plain"}})
            .find("more than one content-type;") != std::string::npos);
}

TEST_CASE("a request without a body needs no content-type") {
  CHECK_FALSE(refusal_of_other_media(head_with({})));
  CHECK_FALSE(refusal_of_other_media(head_with({{"content-length", "0"}})));
  CHECK_FALSE(refusal_of_other_media(head_with({{"content-length", "00"}, {"content-type", "text/plain"}})));
}

} // namespace tusker
