#include <tusker/bench/contest.hpp>

#include <tusker_test/catch.hpp>

#include <string>
#include <vector>

namespace tusker::bench {

namespace {

/// A contender whose rounds count so many operations a second.
auto counting(const std::string& system, const std::string& limit_of, std::vector<std::uint64_t> counts)
    -> contender {
  auto run = [counts, round = std::size_t{0}]() mutable -> result<trial> {
    trial one;
    one.seconds = 1;
    one.counted = one.done = counts[round++];
    one.figures = {{"bytes", static_cast<double>(one.counted * 2)}};
    return one;
  };
  return {system, "", limit_of, run};
}

auto figure_of(const measurement& line, const std::string& name) -> double {
  for (const auto& one : line.figures)
    if (one.name == name)
      return one.value;
  return -1;
}

} // namespace

TEST_CASE("a ratio is to the best limit of the same round, and the median of rounds counts") {
  std::vector<contender> all{
      counting("threads", "ratio", {100, 400, 100}), counting("one", "ratio", {200, 200, 200}),
      counting("log", "ratio_log", {1'000, 1'000, 1'000}), counting("tusker", "", {100, 100, 180})};
  REQUIRE(hold_contest(all, 3));
  auto lines = lines_of(all, {});
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].per_second() == 100);
  CHECK(figure_of(lines[0], "ratio") == -1);
  CHECK(figure_of(lines[3], "ratio") == 0.5);
  CHECK(figure_of(lines[3], "ratio_least") == 0.25);
  CHECK(figure_of(lines[3], "ratio_most") == 0.9);
  CHECK(figure_of(lines[3], "ratio_log") == 0.1);
  CHECK(figure_of(lines[3], "bytes") == 200);
}

TEST_CASE("a round with a wrong result makes the line a wrong one") {
  auto rounds = 0;
  std::vector<contender> all{{"tusker", "", "", [&rounds]() -> result<trial> {
                                trial one;
                                one.is_right = ++rounds != 2;
                                return one;
                              }}};
  REQUIRE(hold_contest(all, 3));
  CHECK_FALSE(lines_of(all, {}).front().verified);
}

} // namespace tusker::bench
