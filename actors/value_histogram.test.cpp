#include <tusker/actors/value_histogram.hpp>

#include <tusker_test/catch.hpp>

#include <array>
#include <thread>
#include <vector>

namespace tusker {

namespace {

constexpr std::array<std::uint64_t, 3> bounds{10, 100, 1'000};

} // namespace

TEST_CASE("a value falls into the first bucket whose bound it does not exceed") {
  value_histogram histogram(bounds);
  for (std::uint64_t value : {0U, 10U, 11U, 100U, 1'000U, 1'001U})
    histogram.record(value);
  auto reading = histogram.read();
  CHECK(reading.bounds == std::vector<std::uint64_t>{10, 100, 1'000});
  CHECK(reading.counts == std::vector<std::uint64_t>{2, 2, 1, 1});
  CHECK(reading.sum == 2'122);
  CHECK(reading.count() == 6);
}

TEST_CASE("a percentile is the bound of its bucket") {
  value_histogram histogram(bounds);
  CHECK(histogram.read().percentile(50) == 0);
  for (int number = 0; number < 98; ++number)
    histogram.record(5);
  histogram.record(50);
  histogram.record(5'000);
  auto reading = histogram.read();
  CHECK(reading.percentile(0) == 10);
  CHECK(reading.percentile(98) == 10);
  CHECK(reading.percentile(99) == 100);
  CHECK(reading.percentile(100) == 1'000);
}

TEST_CASE("values that several threads record at one time are all counted") {
  value_histogram histogram(bounds);
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([&] {
      for (std::uint64_t value = 0; value < 10'000; ++value)
        histogram.record(value % 200);
    });
  }
  for (auto& thread : threads)
    thread.join();
  CHECK(histogram.read().count() == 40'000);
}

} // namespace tusker
