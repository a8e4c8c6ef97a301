#include <tusker/config/secret.hpp>

#include <tusker_test/catch.hpp>

#include <sstream>

namespace tusker {
namespace {

TEST_CASE("a secret that is written shows nothing of itself") {
  std::ostringstream out;
  out << secret("hunter2") << '|' << secret();
  CHECK(out.str() == "(secret)|");
}

TEST_CASE("only the whole secret matches") {
  secret token("abc");
  CHECK(token.matches("abc"));
  CHECK_FALSE(token.matches(""));
  CHECK_FALSE(token.matches("ab"));
  CHECK_FALSE(token.matches("abd"));
  CHECK_FALSE(token.matches("abcabc"));
}

TEST_CASE("an empty secret matches nothing but the empty text") {
  CHECK(secret().matches(""));
  CHECK_FALSE(secret().matches("a"));
}

} // namespace
} // namespace tusker
