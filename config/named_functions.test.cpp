#include <tusker/config/named_functions.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker_test/catch.hpp>

#include <functional>
#include <string>

namespace {
using doubling = std::function<int(int)>;
struct greeting {
  std::string text;
};
} // namespace

template <>
inline constexpr std::string_view tusker::function_kind<doubling>{"doubles a number"};

namespace tusker {
namespace {

auto functions() -> named_functions {
  named_functions all;
  all.add<doubling>("math.Double", [](int number) { return 2 * number; })
      .add<doubling>("math.DoubleAgain", [](int number) { return 2 * number; })
      .add("words.Hello", greeting{"hello"});
  return all;
}

TEST_CASE("a function is found by its name and type, whatever the type is") {
  auto all = functions();
  CHECK(all.find<doubling>("math.Double").value()(21) == 42);
  CHECK(all.find<greeting>("words.Hello").value().text == "hello");
}

TEST_CASE("a name that there is not is told with the nearest of that type") {
  auto failure = functions().find<doubling>("math.Duble").error();
  CHECK(failure.code() == config_errc::unknown_name);
  CHECK(failure.message() ==
        "there is no function 'math.Duble' that doubles a number; did you mean 'math.Double'? "
        "Known: math.Double, math.DoubleAgain");
}

TEST_CASE("a function of another type is told as one, with those of the right type") {
  auto failure = functions().find<doubling>("words.Hello").error();
  CHECK(failure.code() == config_errc::wrong_type);
  CHECK(failure.message().find("function 'words.Hello' is one that is a ") == 0);
  CHECK(failure.message().find("expected one that doubles a number; known: math.Double") !=
        std::string::npos);
}

} // namespace
} // namespace tusker
