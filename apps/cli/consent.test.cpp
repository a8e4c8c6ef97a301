#include <tusker/cli/consent.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker_test/catch.hpp>

#include <array>
#include <unistd.h>

using namespace tusker::cli;

TEST_CASE("consent that was given is not asked for again") {
  CHECK(obtain_consent("All will be gone.", {.is_given = true}));
}

TEST_CASE("where nobody can be asked nothing is done, and the way out is told") {
  // Whatever this test was started from: its standard input is no terminal now.
  auto kept = ::dup(0);
  auto ends = std::array<int, 2>{};
  REQUIRE(::pipe(ends.data()) == 0);
  ::dup2(ends[0], 0);
  auto refused = obtain_consent("All will be gone.", {});
  ::dup2(kept, 0);
  for (auto file : {kept, ends[0], ends[1]})
    ::close(file);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == cli_errc::usage);
  CHECK(refused.error().message().starts_with("All will be gone. There is no terminal to ask at: say --yes"));
}
