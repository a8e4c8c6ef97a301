#include <tusker/persistence/lmdb_file_length.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

namespace tusker {

using sample::must;

namespace {

auto open_environment(const std::filesystem::path& folder) -> lmdb_env {
  MDB_env* raw = nullptr;
  REQUIRE(mdb_env_create(&raw) == MDB_SUCCESS);
  auto env = lmdb_env(raw);
  REQUIRE(mdb_env_set_maxdbs(raw, 1) == MDB_SUCCESS);
  REQUIRE(mdb_env_open(raw, folder.c_str(), 0, 0600) == MDB_SUCCESS);
  return env;
}

/// Puts a value and takes a large one back again, so that its pages are counted and never written.
void put_and_take_back(MDB_env* env) {
  auto transaction = must(lmdb_transaction::begin(env, 0));
  MDB_dbi table = 0;
  REQUIRE(mdb_dbi_open(transaction.get(), "t", MDB_CREATE, &table) == MDB_SUCCESS);
  REQUIRE(lmdb_put(transaction, table, "small", "value"));
  REQUIRE(lmdb_put(transaction, table, "large", std::string(100'000, 'x')));
  REQUIRE(lmdb_erase(transaction, table, "large"));
  auto committed = std::move(transaction).commit();
  REQUIRE(committed);
}

} // namespace

TEST_CASE("a file that lacks only pages that are free is whole, and gets its length") {
  tusker_test::temporary_folder folder;
  auto file = folder.path() / "data.mdb";
  auto env = open_environment(folder.path());
  put_and_take_back(env.get());
  MDB_envinfo info{};
  mdb_env_info(env.get(), &info);
  auto wanted = (info.me_last_pgno + 1) * 4'096;
  // Otherwise this version of LMDB writes such pages, and there is nothing to test.
  if (std::filesystem::file_size(file) < wanted) {
    CHECK(check_file_length(env.get(), file, open_mode::read_only).error().code() == journal_errc::corrupt);
    CHECK(check_file_length(env.get(), file, open_mode::open_existing));
  }
  CHECK(std::filesystem::file_size(file) >= wanted);
}

TEST_CASE("a file that lacks a page in use is cut off, and is left as it is") {
  tusker_test::temporary_folder folder;
  auto file = folder.path() / "data.mdb";
  auto env = open_environment(folder.path());
  put_and_take_back(env.get());
  env.reset();
  std::filesystem::resize_file(file, 8'192);
  env = open_environment(folder.path());
  for (auto mode : {open_mode::create_or_open, open_mode::open_existing, open_mode::read_only})
    CHECK(check_file_length(env.get(), file, mode).error().code() == journal_errc::corrupt);
  CHECK(std::filesystem::file_size(file) == 8'192);
}

} // namespace tusker
