#include <tusker/config/nesting_check.hpp>

#include <tusker/config/config_document.hpp>
#include <tusker_test/catch.hpp>

#include <string>

using namespace tusker;

namespace {

auto words(std::size_t count, const std::string& word = "a") -> std::string {
  std::string key = word;
  for (std::size_t at = 1; at < count; ++at)
    key += "." + word;
  return key;
}

} // namespace

TEST_CASE("a key of as many words as may be passes, and one more does not") {
  for (const auto* form : {"a", "\"a\"", "'a'", " a\t"}) {
    CHECK_FALSE(line_of_deep_key(words(key_words_max, form) + " = 1\n"));
    CHECK(line_of_deep_key("# c\n" + words(key_words_max + 1, form) + " = 1\n") == 2U);
    CHECK(line_of_deep_key("[" + words(key_words_max + 1, form) + "]\n") == 1U);
  }
}

TEST_CASE("dots that are in no key do not count") {
  CHECK_FALSE(line_of_deep_key("x = \"" + words(100) + "\" # " + words(100) + "\n"));
  CHECK_FALSE(line_of_deep_key("x = '''\n" + words(100) + "'''\ny = \"\"\"" + words(100) + "\\\"\"\"\"\n"));
  std::string numbers = "x = [";
  for (auto at = 0; at < 100; ++at)
    numbers += "1.5, ";
  CHECK_FALSE(line_of_deep_key(numbers + "2.5]\n"));
  std::string keys;
  for (auto at = 0; at < 100; ++at)
    keys += "a.b" + std::to_string(at) + " = 1\n";
  CHECK_FALSE(line_of_deep_key(keys));
}

TEST_CASE("a key behind a string that does not end is seen") {
  CHECK(line_of_deep_key("x = \"open\n" + words(100) + " = 1\n") == 2U);
  CHECK_FALSE(line_of_deep_key("x = '''open\n" + words(100)));
  CHECK_FALSE(line_of_deep_key("\""));
  CHECK_FALSE(line_of_deep_key("\"\\"));
  CHECK_FALSE(line_of_deep_key(""));
}

TEST_CASE("a config whose keys are as deep as fit into a file is told, and read by nobody") {
  auto read = parse_config(words(config_bytes_max / 2 - 4) + "=1\n", "deep.toml");
  REQUIRE_FALSE(read);
  CHECK(to_string(read.error().place) == "deep.toml:1:1");
  CHECK(read.error().message.find("16 words") != std::string::npos);
}
