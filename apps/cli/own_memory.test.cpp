#include <tusker/cli/own_memory.hpp>

#include <tusker_test/catch.hpp>

#include <vector>

TEST_CASE("memory that is taken and used counts, in 2^20 bytes") {
  auto before = tusker::cli::own_memory_mb();
  CHECK(before > 0);
  std::vector<char> taken(std::size_t{64} << 20U, 'x');
  auto after = tusker::cli::own_memory_mb();
  CHECK(taken.back() == 'x');
  CHECK(after - before > 60);
  CHECK(after - before < 80);
}
