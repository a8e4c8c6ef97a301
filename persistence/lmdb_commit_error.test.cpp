#include <tusker/persistence/lmdb_commit_error.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

namespace tusker {

namespace {

auto open_environment(const tusker_test::temporary_folder& folder, unsigned flags) -> lmdb_env {
  MDB_env* raw = nullptr;
  REQUIRE(mdb_env_create(&raw) == MDB_SUCCESS);
  auto env = lmdb_env(raw);
  REQUIRE(mdb_env_open(raw, folder.path().c_str(), flags, 0600) == MDB_SUCCESS);
  return env;
}

constexpr std::uintmax_t nothing_left = 4'096;
constexpr std::uintmax_t enough_left = std::uintmax_t{1} << 30U;

} // namespace

TEST_CASE(
    "an I/O error on a disk that has nothing left is a full disk, unless an earlier commit hangs on it") {
  tusker_test::temporary_folder folder;
  auto broken = error(journal_errc::io_error, "the commit failed");
  auto meaning = [&](unsigned flags, std::uintmax_t free_bytes) {
    auto env = open_environment(folder, flags);
    return commit_error(env.get(), broken, free_bytes).code();
  };
  CHECK(meaning(0, nothing_left) == journal_errc::storage_full);
  CHECK(meaning(0, enough_left) == journal_errc::io_error);
  // The sync that failed was also that of the last meta page.
  CHECK(meaning(MDB_NOMETASYNC, nothing_left) == journal_errc::io_error);
  // Nothing was promised.
  CHECK(meaning(MDB_NOSYNC, nothing_left) == journal_errc::storage_full);
}

TEST_CASE("what the disk says itself stays what it is, and the space beside an environment is known") {
  tusker_test::temporary_folder folder;
  auto env = open_environment(folder, 0);
  auto full = error(journal_errc::storage_full, "no space");
  CHECK(commit_error(env.get(), full, enough_left) == full);
  CHECK(free_bytes_beside(env.get()) > 0);
  CHECK(free_bytes_beside(env.get()) < std::numeric_limits<std::uintmax_t>::max());
}

} // namespace tusker
