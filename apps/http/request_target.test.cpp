#include <tusker/http/request_target.hpp>

#include <tusker/http/http_errc.hpp>
#include <tusker_test/catch.hpp>

#include <string>

namespace tusker {

TEST_CASE("a target is a path of segments and parameters, decoded") {
  auto parsed = parse_target("/orders/a%2Fb+c?customer=J%C3%B6rg+S&limit=5&&flag&=x");
  REQUIRE(parsed);
  CHECK(parsed->path == std::vector<std::string>{"orders", "a/b+c"});
  CHECK(parsed->params == std::vector<std::pair<std::string, std::string>>{
                              {"customer", "J\xC3\xB6rg S"}, {"limit", "5"}, {"flag", ""}, {"", "x"}});
}

TEST_CASE("the root has no segments, and a slash at the end makes an empty one") {
  CHECK(parse_target("/")->path.empty());
  CHECK(parse_target("/orders/")->path == std::vector<std::string>{"orders", ""});
  CHECK(parse_target("//")->path == std::vector<std::string>{"", ""});
}

TEST_CASE("a target that cannot be read is refused with the place") {
  auto [target, place] = GENERATE(table<std::string, std::string>({
      {"", "the path"},
      {"orders", "the path"},
      {"/a/%", "segment 2"},
      {"/a/%4", "segment 2"},
      {"/%zz", "segment 1"},
      {"/%00", "segment 1"},
      {"/%0d%0a", "segment 1"},
      {"/%ff", "segment 1"},
      {"/?a=1&b=%f", "parameter 'b'"},
      {"/?%ff=1", "the name of parameter 1"},
  }));
  auto parsed = parse_target(target);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code() == http_errc::bad_request);
  CHECK(parsed.error().message().find(place) == 0);
}

TEST_CASE("any text can be a segment or a parameter once it is escaped") {
  std::string text = "a/b?c&d=e%f+g h~J\xC3\xB6rg";
  auto parsed = parse_target("/" + escaped_in_target(text) + "?x=" + escaped_in_target(text));
  REQUIRE(parsed);
  CHECK(parsed->path.front() == text);
  CHECK(parsed->params.front().second == text);
}

} // namespace tusker
