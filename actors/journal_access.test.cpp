#include <tusker/actors/journal_access.hpp>

#include <tusker_test/catch.hpp>

using namespace tusker;

TEST_CASE("there is no journal before one is set, and none after it is lost") {
  journal_access access;
  CHECK(access.current().generation == 0);
  access.set({{}, 3});
  CHECK(access.current().generation == 3);
  CHECK_FALSE(access.current().actor);
}

TEST_CASE("who watches is told of each change until it is forgotten, and sees the new one") {
  journal_access access;
  std::vector<std::uint64_t> seen;
  auto first = access.watch([&] { seen.push_back(access.current().generation); });
  auto second = access.watch([&] { seen.push_back(100); });
  access.set({{}, 1});
  access.forget(first);
  access.set({{}, 2});
  access.forget(second);
  access.set({{}, 3});
  CHECK(seen == std::vector<std::uint64_t>{1, 100, 100});
}
