#include <tusker/config/http_options.hpp>

#include <tusker/config/admin_options.hpp>
#include <tusker/config/config_errc.hpp>
#include <tusker_test/catch.hpp>

#include <functional>

namespace tusker {

namespace {

using change = std::function<void(http_options&)>;

auto error_after(const change& by) -> error {
  http_options options;
  by(options);
  auto checked = check(options);
  return checked ? error() : checked.error();
}

} // namespace

TEST_CASE("the defaults of an HTTP server and of the admin endpoint are within their limits") {
  CHECK(check(http_options()));
  CHECK(check(admin_options()));
}

TEST_CASE("an address to listen at is read and written") {
  auto [text, host, port] = GENERATE(table<std::string, std::string, int>({
      {"127.0.0.1:8080", "127.0.0.1", 8080},
      {"0.0.0.0:1", "0.0.0.0", 1},
      {"[::1]:65535", "::1", 65535},
      {"localhost:0", "localhost", 0},
  }));
  auto address = parse_http_address(text);
  REQUIRE(address);
  CHECK(address->host == host);
  CHECK(address->port == port);
  CHECK(to_string(*address) == text);
}

TEST_CASE("a port alone is one of this machine") {
  auto address = parse_http_address("8080");
  REQUIRE(address);
  CHECK(to_string(*address) == "127.0.0.1:8080");
}

TEST_CASE("what is no address to listen at is refused with what was expected") {
  auto text = GENERATE("", ":", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                       "127.0.0.1:8o", "::1:80", "[::1]", "[127.0.0.1:80", "example.org:80", "256.0.0.1:80");
  auto address = parse_http_address(text);
  REQUIRE_FALSE(address);
  CHECK(address.error().code() == config_errc::out_of_range);
  CHECK(address.error().message().find("127.0.0.1:8080") != std::string::npos);
}

TEST_CASE("an address that others reach takes a token") {
  auto host = GENERATE("0.0.0.0", "::", "192.168.1.7", "2001:db8::1");
  auto failure = error_after([&](http_options& to) { to.listen.host = host; });
  CHECK(failure.code() == config_errc::missing);
  CHECK(failure.message().find("token") != std::string::npos);
  CHECK(error_after([&](http_options& to) {
          to.listen.host = host;
          to.token = secret("t0ken");
        }) == error());
}

TEST_CASE("an address of this machine alone takes no token") {
  auto host = GENERATE("127.0.0.1", "127.9.8.7", "::1", "localhost");
  CHECK(error_after([&](http_options& to) { to.listen.host = host; }) == error());
}

TEST_CASE("options of an HTTP server past their limits are refused by name") {
  auto [name, by] = GENERATE(table<std::string, change>({
      {"connections_max", [](http_options& to) { to.connections_max = 0; }},
      {"workers", [](http_options& to) { to.workers = 65; }},
      {"queue_max", [](http_options& to) { to.queue_max = 0; }},
      {"header_bytes_max", [](http_options& to) { to.header_bytes_max = 255; }},
      {"header_fields_max", [](http_options& to) { to.header_fields_max = 1'001; }},
      {"body_bytes_max", [](http_options& to) { to.body_bytes_max = (16U << 20U) + 1; }},
      {"read_timeout", [](http_options& to) { to.read_timeout = std::chrono::milliseconds(9); }},
      {"write_timeout", [](http_options& to) { to.write_timeout = std::chrono::milliseconds(600'001); }},
      {"idle_timeout", [](http_options& to) { to.idle_timeout = std::chrono::milliseconds(0); }},
      {"stop_timeout", [](http_options& to) { to.stop_timeout = std::chrono::milliseconds(0); }},
      {"listen", [](http_options& to) { to.listen.host = "example.org"; }},
  }));
  auto failure = error_after(by);
  CHECK(failure.code() == config_errc::out_of_range);
  CHECK(failure.message().find(name) == 0);
}

TEST_CASE("options of the admin endpoint past their limits are refused by name") {
  admin_options options;
  options.page_entries_max = 0;
  auto checked = check(options);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().message().find("page_entries_max") == 0);
}

} // namespace tusker
