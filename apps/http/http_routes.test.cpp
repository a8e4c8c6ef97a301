#include <tusker/http/http_routes.hpp>

#include <tusker/http/http_errc.hpp>
#include <tusker/http/http_params.hpp>
#include <tusker_test/catch.hpp>

#include <string>

namespace tusker {

namespace {

auto saying(const std::string& text) -> http_routes::handler {
  return [text](const http_request&, const http_routes::wildcards& found) {
    http_response response;
    response.body = text;
    for (const auto& each : found)
      response.body += " " + each;
    return response;
  };
}

auto request_of(std::string method, std::vector<std::string> path) -> http_request {
  return {std::move(method), std::move(path), {}, {}, {}};
}

} // namespace

TEST_CASE("a request goes to the first route of its path and method") {
  http_routes routes;
  routes.add("GET", "/orders", saying("all")).add("POST", "/orders", saying("place"));
  routes.add("GET", "/orders/new", saying("new")).add("GET", "/orders/*", saying("one"));
  routes.add("POST", "/orders/*/*", saying("do"));
  CHECK(routes.answer(request_of("GET", {"orders"})).body == "all");
  CHECK(routes.answer(request_of("HEAD", {"orders"})).body == "all");
  CHECK(routes.answer(request_of("POST", {"orders"})).body == "place");
  CHECK(routes.answer(request_of("GET", {"orders", "new"})).body == "new");
  CHECK(routes.answer(request_of("GET", {"orders", "a b"})).body == "one a b");
  CHECK(routes.answer(request_of("POST", {"orders", "1", "cancel"})).body == "do 1 cancel");
}

TEST_CASE("a path that nobody has is not found, another method is not allowed") {
  http_routes routes;
  routes.add("GET", "/orders/*", saying("one")).add("DELETE", "/orders/*", saying("gone"));
  CHECK(routes.answer(request_of("GET", {})).status == 404);
  CHECK(routes.answer(request_of("GET", {"orders", ""})).status == 404);
  CHECK(routes.answer(request_of("GET", {"orders", "1", "2"})).status == 404);
  auto refused = routes.answer(request_of("POST", {"orders", "1"}));
  CHECK(refused.status == 405);
  REQUIRE(refused.headers.size() == 1);
  CHECK(refused.headers.front().second == "GET, DELETE");
}

TEST_CASE("a request that nobody has is refused by its head, another one is not") {
  http_routes routes;
  routes.add("GET", "/orders/*", saying("one")).add("POST", "/orders/*/cancel", saying("do"));
  CHECK_FALSE(routes.refusal(request_of("GET", {"orders", "1"})));
  CHECK_FALSE(routes.refusal(request_of("HEAD", {"orders", "1"})));
  CHECK(routes.refusal(request_of("POST", {"orders", "1", "drop"}))->status == 404);
  CHECK(routes.refusal(request_of("PUT", {"orders", "1"}))->status == 405);
}

TEST_CASE("parameters are read by their kind") {
  http_request request;
  request.params = {{"limit", "5"}, {"name", "tea"}, {"open", "true"}};
  http_params params(request);
  CHECK(params.number("limit", 1, 10) == 5);
  CHECK(params.text("name") == "tea");
  CHECK(params.text("after") == std::nullopt);
  CHECK(params.flag("open"));
  CHECK_FALSE(params.flag("dry"));
  CHECK(params.finish());
}

TEST_CASE("a parameter that is wrong is named") {
  auto [name, value, told] = GENERATE(table<std::string, std::string, std::string>({
      {"limit", "0", "parameter 'limit': it must be a whole number from 1 to 10"},
      {"limit", "11", "parameter 'limit': it must be a whole number from 1 to 10"},
      {"limit", "-1", "parameter 'limit': it must be a whole number from 1 to 10"},
      {"limit", "5x", "parameter 'limit': it must be a whole number from 1 to 10"},
      {"limit", "99999999999999999999", "parameter 'limit': it must be a whole number from 1 to 10"},
      {"open", "yes", "parameter 'open': it must be true or false"},
      {"limits", "5", "there is no parameter 'limits'; did you mean 'limit'? Known: limit, open"},
  }));
  http_request request;
  request.params = {{name, value}};
  http_params params(request);
  (void)params.number("limit", 1, 10);
  (void)params.flag("open");
  auto finished = params.finish();
  REQUIRE_FALSE(finished);
  CHECK(finished.error().code() == http_errc::bad_request);
  CHECK(finished.error().message() == told);
}

TEST_CASE("a header that may come once is refused when it comes twice") {
  http_request request;
  request.headers = {{"idempotency-key", "a"}, {"accept", "x"}, {"accept", "y"}};
  CHECK(request.single_header("idempotency-key").value() == "a");
  CHECK_FALSE(request.single_header("if-match").value());
  request.headers.emplace_back("idempotency-key", "a");
  auto twice = request.single_header("idempotency-key");
  REQUIRE_FALSE(twice);
  CHECK(twice.error().code() == http_errc::bad_request);
  CHECK(twice.error().message() == "header 'idempotency-key': it is given more than once");
}

TEST_CASE("a parameter that is given twice is refused") {
  http_request request;
  request.params = {{"limit", "5"}, {"limit", "6"}};
  http_params params(request);
  (void)params.number("limit", 1, 10);
  CHECK_FALSE(params.finish());
}

} // namespace tusker
