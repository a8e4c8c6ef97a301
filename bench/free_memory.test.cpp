#include <tusker/bench/free_memory.hpp>

#include <tusker/cli/own_memory.hpp>
#include <tusker_test/catch.hpp>

#include <list>
#include <string>

namespace tusker::bench {

TEST_CASE("memory that is free goes back to the system, and what is in use stays") {
  constexpr std::size_t block_bytes = 500;
  constexpr double mebibytes = 60;
  std::list<std::string> kept;
  std::list<std::string> dropped;
  auto before = cli::own_memory_mb();
  while (cli::own_memory_mb() < before + mebibytes) {
    for (auto count = 0; count < 10'000; ++count)
      dropped.emplace_back(block_bytes, 'x');
  }
  for (auto count = 0; count < 50'000; ++count)
    kept.emplace_back(block_bytes, 'y');
  dropped.clear();
  give_back_free_memory();
  auto left = cli::own_memory_mb() - before;
  CHECK(left < mebibytes / 1.5);
  CHECK(left > 20);
  CHECK(kept.back().back() == 'y');
}

} // namespace tusker::bench
