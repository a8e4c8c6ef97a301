#include <tusker/persistence/lmdb_file_length.hpp>

#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>
#include <tusker_test/temporary_folder.hpp>

// A commit may leave its file shorter than the last page it counts, if that page is free.

namespace tusker {

using namespace sample;
using tusker_test::temporary_folder;

namespace {

auto open_environment(const std::filesystem::path& folder) -> lmdb_env {
  MDB_env* raw = nullptr;
  REQUIRE(mdb_env_create(&raw) == MDB_SUCCESS);
  auto env = lmdb_env(raw);
  REQUIRE(mdb_env_set_maxdbs(raw, 1) == MDB_SUCCESS);
  REQUIRE(mdb_env_open(raw, folder.c_str(), 0, 0600) == MDB_SUCCESS);
  return env;
}

auto table_in(const lmdb_transaction& transaction) -> MDB_dbi {
  MDB_dbi table = 0;
  REQUIRE(mdb_dbi_open(transaction.get(), "t", MDB_CREATE, &table) == MDB_SUCCESS);
  return table;
}

/// Leaves pages that the next commit can use again, so that it needs none at the end of the file.
void replace_often(MDB_env* env) {
  for (int round = 0; round < 5; ++round) {
    auto transaction = must(lmdb_transaction::begin(env, 0));
    REQUIRE(lmdb_put(transaction, table_in(transaction), "small", std::to_string(round)));
    auto committed = std::move(transaction).commit();
    REQUIRE(committed);
  }
}

/// Puts a large value and takes it back again, so that its pages are counted and never written.
void put_and_take_back(MDB_env* env) {
  auto transaction = must(lmdb_transaction::begin(env, 0));
  auto table = table_in(transaction);
  REQUIRE(lmdb_put(transaction, table, "large", std::string(100'000, 'x')));
  REQUIRE(lmdb_erase(transaction, table, "large"));
  REQUIRE(lmdb_put(transaction, table, "small", "last"));
  auto committed = std::move(transaction).commit();
  REQUIRE(committed);
}

auto bytes_counted(MDB_env* env) -> std::uintmax_t {
  MDB_envinfo info{};
  mdb_env_info(env, &info);
  return (std::uintmax_t{info.me_last_pgno} + 1) * 4'096;
}

auto options_in(const std::filesystem::path& folder, open_mode mode) -> journal_options {
  journal_options options;
  options.directory = folder;
  options.mode = mode;
  options.commits = commit_way::direct;
  return options;
}

/// A batch that makes a large snapshot and drops it again.
void take_a_snapshot_back(journal& to) {
  for (int round = 0; round < 5; ++round)
    record(to, {item_for(to, "order-1", events(1, std::to_string(round)))});
  auto first = item_for(to, "order-1", events(1));
  first.snapshot =
      stored_snapshot{stream_version(1), time_at(1), {"Order", schema_version(1), noise(500'000)}};
  auto second = item_for(to, "order-1", {});
  second.snapshot = drop_snapshot{};
  record(to, {first, second});
}

} // namespace

TEST_CASE("a file gets the length that its last commit counts") {
  temporary_folder folder;
  auto file = folder.path() / "data.mdb";
  auto env = open_environment(folder.path());
  replace_often(env.get());
  put_and_take_back(env.get());
  // Otherwise this version of LMDB writes such pages, and there is nothing to test.
  CHECK(std::filesystem::file_size(file) < bytes_counted(env.get()));
  lengthen_data_file(env.get());
  CHECK(std::filesystem::file_size(file) == bytes_counted(env.get()));
}

TEST_CASE("a live journal is open to readers after a commit that made a large value and dropped it") {
  temporary_folder folder;
  auto journal = must(open_lmdb_journal(options_in(folder.path(), open_mode::create_or_open)));
  take_a_snapshot_back(*journal);
  auto reader = [&] { return open_lmdb_journal(options_in(folder.path(), open_mode::read_only)) ? 0 : 1; };
  CHECK(tusker_test::exit_code_of_child(reader) == 0);
}

TEST_CASE(
    "a journal whose owner died before its file had its length is sound for readers and for the next owner") {
  temporary_folder folder;
  auto file = folder.path() / "data.mdb";
  auto journal = must(open_lmdb_journal(options_in(folder.path(), open_mode::create_or_open)));
  auto before = std::filesystem::file_size(file);
  take_a_snapshot_back(*journal);
  journal.reset();
  auto length = std::filesystem::file_size(file);
  REQUIRE(length > before + 400'000);
  // As it was between the commit and the call that gives the file its length.
  std::filesystem::resize_file(file, length - 400'000);
  auto mode = GENERATE(open_mode::read_only, open_mode::open_existing);
  auto again = open_lmdb_journal(options_in(folder.path(), mode));
  REQUIRE(again);
  CHECK(must((*again)->head(log_id(0))) == log_offset(6));
  CHECK((std::filesystem::file_size(file) == length) == (mode == open_mode::open_existing));
}

} // namespace tusker
