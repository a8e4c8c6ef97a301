#include <tusker/persistence/framed_value.hpp>

#include <tusker_test/catch.hpp>

namespace tusker {

TEST_CASE("a framed value gives its body back under its key") {
  for (const auto& body : {std::string(), std::string("body"), std::string(3, '\0')}) {
    auto value = frame("key", body);
    CHECK(value.size() == body.size() + 8);
    CHECK(unframe("key", value) == body);
  }
}

TEST_CASE("a framed value under another key is found out") {
  CHECK_FALSE(unframe("kez", frame("key", "body")));
  CHECK_FALSE(unframe("", frame("key", "body")));
}

TEST_CASE("every flipped bit of a framed value is found out") {
  const auto value = frame("key", "body");
  for (std::size_t bit = 0; bit < value.size() * 8; ++bit) {
    auto damaged = value;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    CHECK_FALSE(unframe("key", damaged));
  }
}

TEST_CASE("a framed value that is cut off or has a tail is found out") {
  const auto value = frame("key", "body");
  for (std::size_t bytes = 0; bytes < value.size(); ++bytes)
    CHECK_FALSE(unframe("key", std::string_view(value).substr(0, bytes)));
  CHECK_FALSE(unframe("key", value + '\0'));
}

} // namespace tusker
