#include <tusker/actors/progress_rate.hpp>

#include <tusker_test/catch.hpp>

using namespace tusker;
using std::chrono::seconds;

namespace {

auto at(int second) -> timestamp {
  return timestamp(seconds(1'000 + second));
}

} // namespace

TEST_CASE("a rate counts the events of the last while alone") {
  progress_rate rate(seconds(10));
  CHECK(rate.per_second(at(0)) == 0.0);
  for (auto second = 0; second <= 20; ++second)
    rate.note(at(second), 50);
  CHECK(rate.per_second(at(20)) == Approx(55.0));
  CHECK(rate.per_second(at(40)) == 0.0);
}

TEST_CASE("a first commit counts as those of a second") {
  progress_rate rate(seconds(10));
  rate.note(at(0), 300);
  CHECK(rate.per_second(at(0)) == Approx(300.0));
  CHECK(rate.per_second(at(3)) == Approx(100.0));
}

TEST_CASE("a wall clock that goes back leaves no events of the future behind") {
  progress_rate rate(seconds(10));
  rate.note(at(100), 1'000);
  rate.note(at(0), 10);
  CHECK(rate.per_second(at(0)) == Approx(10.0));
}
