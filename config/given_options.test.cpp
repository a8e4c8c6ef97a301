#include <tusker/config/given_options.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker_test/catch.hpp>

#include <map>
#include <string>

namespace tusker {
namespace {

auto variables(std::map<std::string, std::string> all) -> environment_reader {
  return [all = std::move(all)](const std::string& name) {
    auto found = all.find(name);
    return found == all.end() ? std::nullopt : std::optional(found->second);
  };
}

auto document(const std::string& toml) -> config_document {
  auto read = parse_config(toml, "t.toml");
  REQUIRE(read);
  return *read;
}

auto text_of(const std::optional<given_value>& given) -> std::string {
  REQUIRE(given);
  REQUIRE(given->value);
  return std::get<std::string>(given->value->content);
}

TEST_CASE("a flag goes before the environment, that before the file, and the file before nothing at all") {
  auto toml = "[log]\na = 'file'\nb = 'file'\nc = 'file'\n";
  given_options given(document(toml), {},
                      variables({{"TUSKER_LOG_A", "variable"}, {"TUSKER_LOG_B", "variable"}}),
                      {{"log.a", {"--a", "flag"}}});
  auto a = given.find("log", "a");
  CHECK(text_of(a) == "flag");
  CHECK(a->source.text == "flag --a");
  auto b = given.find("log", "b");
  CHECK(text_of(b) == "variable");
  CHECK(b->source.text == "environment TUSKER_LOG_B");
  auto c = given.find("log", "c");
  CHECK(text_of(c) == "file");
  CHECK(c->source.text == "t.toml:4:5");
  CHECK_FALSE(given.find("log", "d"));
}

TEST_CASE("a program's own variable says an option where the usual one does not, and goes before the file") {
  given_options given(document("[http]\ntoken = 'file'\n"), {},
                      variables({{"API_TOKEN", "own"}, {"TUSKER_LOG_A", "usual"}}));
  given.read_also({{"http.token", "API_TOKEN"}, {"log.a", "API_TOKEN"}});
  auto own = given.find("http", "token");
  CHECK(text_of(own) == "own");
  CHECK(own->source.text == "environment API_TOKEN");
  CHECK(text_of(given.find("log", "a")) == "usual");
}

TEST_CASE("what a file says of a secret is one, whoever refers to it") {
  given_options given(document("[a]\ntoken = 'x'\nother = '@ref(\"a.token\")'\nplain = 'y'\n"), {},
                      variables({}));
  given.keep_secret("a", "token");
  CHECK(given.find("a", "token")->value->is_secret);
  CHECK(given.find("a", "other")->value->is_secret);
  CHECK_FALSE(given.find("a", "plain")->value->is_secret);
}

TEST_CASE("the source of a value names the variable that an operator took") {
  given_options given(document("[log]\na = '@env(\"X\")'\n"), {}, variables({{"X", "y"}}));
  CHECK(given.find("log", "a")->source.text == "t.toml:2:5, environment X");
}

TEST_CASE("a variable is named after section and key") {
  CHECK(variable_of("queue.mail-room", "retry_delay") == "TUSKER_QUEUE_MAIL_ROOM_RETRY_DELAY");
}

TEST_CASE("references are followed, and what they lead to is told once") {
  auto toml = "[a]\nx = '@ref(\"a.y\")'\ny = '@ref(\"a.z\")'\nz = 'end'\nbad = '@env(\"UNSET\")'\nof_bad = "
              "'@ref(\"a.bad\")'\n";
  given_options given(document(toml), {}, variables({}));
  CHECK(text_of(given.find("a", "x")) == "end");
  CHECK(given.find("a", "of_bad")->is_told_elsewhere);
  CHECK_FALSE(given.find("a", "bad")->is_told_elsewhere);
  CHECK(given.find("a", "bad")->value.error().code() == config_errc::missing);
}

TEST_CASE("references that go in a circle are told once, with the circle") {
  given_options given(document("[a]\nx = '@ref(\"a.y\")'\ny = '@ref(\"a.x\")'\n"), {}, variables({}));
  auto x = given.find("a", "x");
  auto y = given.find("a", "y");
  REQUIRE(x);
  REQUIRE(y);
  CHECK(x->is_told_elsewhere);
  CHECK_FALSE(y->is_told_elsewhere);
  CHECK(y->value.error().message() == "@ref goes in a circle: a.x → a.y → a.x; one of them must be a value");
}

TEST_CASE("a failed reference does not hide another error of the same file") {
  given_options given(
      document("[a]\nx = '@ref(\"a.bad\")'\nbad = '@env(\"UNSET\")'\nown = '@nothing(\"x\")'\n"), {},
      variables({}));
  CHECK(given.find("a", "x")->is_told_elsewhere);
  CHECK_FALSE(given.find("a", "own")->is_told_elsewhere);
}

TEST_CASE("sections and keys that nobody asked for are told with the nearest ones") {
  given_options given(document("key = 1\n[logg]\n[log]\nlevell = 'info'\n"), {}, variables({}),
                      {{"log.lvel", {"--set log.lvel", "x"}}});
  (void)given.find("log", "level");
  config_problems problems;
  given.report_unknown(problems);
  std::string all;
  for (const auto& each : problems.in_order())
    all += to_string(each) + "\n";
  CHECK(all == "--set log.lvel: there is no option 'log.lvel'; did you mean 'log.level'?\n"
               "t.toml:1:1: expected a section such as [event_store] before the first key\n"
               "t.toml:2:2: there is no section [logg]; did you mean [log]?\n"
               "t.toml:4:1: there is no key 'levell' in [log]; did you mean 'level'?\n");
}

} // namespace
} // namespace tusker
