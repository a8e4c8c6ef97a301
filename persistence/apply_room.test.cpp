#include <tusker/persistence/apply_room.hpp>

#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <atomic>
#include <chrono>
#include <string>
#include <sys/stat.h>
#include <thread>

namespace tusker {

namespace {

constexpr std::uint64_t map_bytes = std::uint64_t{64} << 20U;

auto open_environment(const tusker_test::temporary_folder& folder) -> lmdb_env {
  MDB_env* raw = nullptr;
  REQUIRE(mdb_env_create(&raw) == MDB_SUCCESS);
  auto env = lmdb_env(raw);
  REQUIRE(mdb_env_set_mapsize(raw, map_bytes) == MDB_SUCCESS);
  REQUIRE(mdb_env_open(raw, folder.path().c_str(), MDB_NOSYNC, 0600) == MDB_SUCCESS);
  return env;
}

auto status_of(const tusker_test::temporary_folder& folder) -> struct stat {
  struct stat status {};
  REQUIRE(::stat((folder.path() / "data.mdb").c_str(), &status) == 0);
  return status;
}

constexpr std::uint64_t block_bytes = 512;

} // namespace

TEST_CASE("room for rows is kept on the disk, behind the end of the file") {
  tusker_test::temporary_folder folder;
  auto env = open_environment(folder);
  auto before = status_of(folder);
  lmdb_readers readers(env.get(), std::chrono::seconds(1));
  apply_room room(env.get(), readers, map_bytes);
  constexpr std::size_t bytes = 1'000'000;
  REQUIRE(room.reserve({100, bytes}));
  auto after = status_of(folder);
  CHECK(after.st_size == before.st_size);
  CHECK(static_cast<std::uint64_t>(after.st_blocks) * block_bytes >=
        static_cast<std::uint64_t>(before.st_size) + bytes);
}

TEST_CASE("rows that the map may have no room for are refused, and fewer are not") {
  tusker_test::temporary_folder folder;
  auto env = open_environment(folder);
  lmdb_readers readers(env.get(), std::chrono::seconds(1));
  apply_room room(env.get(), readers, map_bytes);
  CHECK_FALSE(room.reserve({1, map_bytes}));
  CHECK(room.reserve({1, map_bytes / 8}));
}

TEST_CASE("room is asked for while another thread moves the map") {
  tusker_test::temporary_folder folder;
  auto env = open_environment(folder);
  lmdb_readers readers(env.get(), std::chrono::seconds(1));
  apply_room room(env.get(), readers, map_bytes);
  std::atomic<bool> is_over = false;
  std::thread mover([&] {
    constexpr auto growths = 8; // from 64 MiB to 16 GiB of address space
    constexpr auto most = map_bytes << 8U;
    for (auto count = 0; count < growths; ++count)
      CHECK(readers.grow_map(most).value());
    is_over = true;
  });
  auto refused = 0;
  while (!is_over)
    refused += room.reserve({1, 100}) ? 0 : 1;
  mover.join();
  CHECK(refused == 0);
}

} // namespace tusker
