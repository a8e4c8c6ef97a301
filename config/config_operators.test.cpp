#include <tusker/config/config_operators.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <fstream>
#include <map>
#include <string>

namespace tusker {
namespace {

auto surroundings(std::map<std::string, std::string> variables, std::filesystem::path folder = {})
    -> operator_surroundings {
  return {[variables = std::move(variables)](const std::string& name) {
            auto found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional(found->second);
          },
          std::move(folder),
          [](const std::string& path) -> result<config_value> {
            if (path == "known.key")
              return config_value{std::int64_t{7}};
            return fail(config_errc::unknown_name, "no " + path);
          }};
}

auto resolved(const std::string& text, const operator_surroundings& around) -> result<config_value> {
  return parse_expression(text).and_then([&](const auto& expression) { return resolve(expression, around); });
}

auto text_in(const result<config_value>& value) -> std::string {
  REQUIRE(value);
  return std::get<std::string>(value->content);
}

TEST_CASE("@env takes the variable, else the default, which may be another operator") {
  auto around = surroundings({{"SET", "of the variable"}});
  auto value = resolved(R"(@env("SET", "unused"))", around);
  CHECK(text_in(value) == "of the variable");
  CHECK(value->origin == "environment SET");
  CHECK(value->is_outside_text);
  CHECK(text_in(resolved("@env(\"UNSET\", \"fallback\")", around)) == "fallback");
  CHECK(text_in(resolved("@env(\"UNSET\", @env(\"SET\"))", around)) == "of the variable");
  CHECK(resolved("@env(\"UNSET\")", around).error().code() == config_errc::missing);
}

TEST_CASE("a default that is not needed is not looked at") {
  CHECK(resolved("@env(\"SET\", @file(\"not there\"))", surroundings({{"SET", "x"}})));
}

TEST_CASE("@env.secure gives a secret, and takes no default") {
  auto around = surroundings({{"TOKEN", "hunter2"}, {"EMPTY", ""}});
  auto value = resolved("@env.secure(\"TOKEN\")", around);
  CHECK(text_in(value) == "hunter2");
  CHECK(value->is_secret);
  CHECK(resolved("@env.secure(\"TOKEN\", \"x\")", around).error().code() == config_errc::malformed);
  CHECK(resolved("@env.secure(\"UNSET\")", around).error().code() == config_errc::missing);
  CHECK(resolved("@env.secure(\"EMPTY\")", around).error().code() == config_errc::missing);
}

TEST_CASE("what is made of a secret is a secret, and no error says what it is") {
  auto around = surroundings({{"TIME", "5s"}, {"TOKEN", "hunter2"}});
  CHECK(resolved("@duration(@env.secure(\"TIME\"))", around)->is_secret);
  auto wrong =
      GENERATE(as<std::string>(), "@duration(@env.secure(\"TOKEN\"))", "@size(@env.secure(\"TOKEN\"))");
  CHECK(resolved(wrong, around).error().message().find("hunter2") == std::string::npos);
}

TEST_CASE("@duration and @size read what is in them") {
  auto around = surroundings({{"TIME", "5s"}});
  CHECK(std::get<std::chrono::milliseconds>(resolved("@duration(\"250ms\")", around)->content).count() ==
        250);
  CHECK(std::get<std::chrono::milliseconds>(resolved("@duration(@env(\"TIME\"))", around)->content).count() ==
        5'000);
  CHECK(std::get<byte_size>(resolved("@size(\"4MiB\")", around)->content).bytes == 4'194'304);
  CHECK(resolved("@duration(\"5\")", around).error().code() == config_errc::malformed);
  CHECK(resolved("@size(@duration(\"5s\"))", around).error().code() == config_errc::wrong_type);
}

TEST_CASE("@go and @fn name a function, @ref another key") {
  auto around = surroundings({});
  CHECK(std::get<function_name>(resolved("@go(\"a.B\")", around)->content).name == "a.B");
  CHECK(std::get<function_name>(resolved("@fn(\"a.B\")", around)->content).name == "a.B");
  CHECK(std::get<std::int64_t>(resolved("@ref(\"known.key\")", around)->content) == 7);
  CHECK(resolved("@ref(\"other.key\")", around).error().message() == "no other.key");
}

TEST_CASE("@file reads a regular file of the config's folder, without its last newline") {
  tusker_test::temporary_folder folder;
  std::ofstream(folder.path() / "token.txt") << "hunter2\n";
  std::ofstream(folder.path() / "large.txt") << std::string(included_bytes_max + 1, 'x');
  auto around = surroundings({}, folder.path());
  CHECK(text_in(resolved("@file(\"token.txt\")", around)) == "hunter2");
  auto wrong = GENERATE(as<std::string>(), "@file(\"none.txt\")", "@file(\"large.txt\")", "@file(\".\")",
                        "@file(\"/dev/zero\")");
  CHECK(resolved(wrong, around).error().code() == config_errc::unreadable);
}

TEST_CASE("an operator that there is not is told with the nearest one") {
  auto failure = resolved("@envs(\"X\")", surroundings({})).error();
  CHECK(failure.code() == config_errc::unknown_name);
  CHECK(failure.message().find("there is no operator '@envs'; did you mean '@env'?") == 0);
}

TEST_CASE("too few and too many arguments are told with the usage") {
  CHECK(resolved("@env()", surroundings({})).error().message() ==
        "expected @env(\"NAME\", \"default\"), found 0 arguments");
  CHECK(resolved("@size(\"1B\", \"2B\")", surroundings({})).error().message() ==
        "expected @size(\"4MiB\"), found 2 arguments");
}

} // namespace
} // namespace tusker
