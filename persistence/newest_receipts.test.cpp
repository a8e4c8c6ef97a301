#include <tusker/persistence/newest_receipts.hpp>

#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <cstdint>
#include <string>

namespace tusker {

using namespace sample;
using tusker_test::temporary_folder;

namespace {

/// A table of receipts in an environment of its own, as a writer sees it.
class receipt_table {
public:
  receipt_table() : transaction_(must(lmdb_transaction::begin(env_.get(), 0))) {
    REQUIRE(mdb_dbi_open(transaction_.get(), "cmd", MDB_CREATE, &table_) == MDB_SUCCESS);
  }

  void put(std::uint16_t shard, std::uint8_t command) {
    auto key = receipt_key(shard_id(shard), *stream_id::make("order", "1"), id_of(command));
    REQUIRE(journal_rows(transaction_).put_new(table_, key, "a receipt"));
  }

  auto is_beyond(newest_receipts& newest, std::uint16_t shard, std::uint8_t command) const -> bool {
    return must(newest.is_beyond(journal_rows(transaction_), table_, shard_id(shard), id_of(command)));
  }

  static auto id_of(std::uint8_t number) -> command_id {
    uuid id;
    id.bytes.front() = number;
    return command_id(id);
  }

private:
  static auto open(const temporary_folder& folder) -> lmdb_env {
    MDB_env* raw = nullptr;
    REQUIRE(mdb_env_create(&raw) == MDB_SUCCESS);
    auto env = lmdb_env(raw);
    REQUIRE(mdb_env_set_maxdbs(raw, 1) == MDB_SUCCESS);
    REQUIRE(mdb_env_open(raw, folder.path().c_str(), 0, 0600) == MDB_SUCCESS);
    return env;
  }

  temporary_folder folder_;
  lmdb_env env_ = open(folder_);
  lmdb_transaction transaction_;
  MDB_dbi table_ = 0;
};

} // namespace

TEST_CASE("a command is beyond the receipts of its shard when all of them are of earlier ids") {
  receipt_table table;
  table.put(3, 10);
  table.put(3, 20);
  table.put(4, 90);
  newest_receipts newest;
  CHECK_FALSE(table.is_beyond(newest, 3, 10));
  CHECK_FALSE(table.is_beyond(newest, 3, 15));
  CHECK_FALSE(table.is_beyond(newest, 3, 20));
  CHECK(table.is_beyond(newest, 3, 21));
  CHECK_FALSE(table.is_beyond(newest, 4, 90));
  CHECK(table.is_beyond(newest, 4, 91));
}

TEST_CASE("where a shard has no receipts every command is beyond them, whatever its neighbours have") {
  receipt_table table;
  newest_receipts newest;
  CHECK(table.is_beyond(newest, 0, 1));
  CHECK(table.is_beyond(newest, 65'535, 1));
  table.put(3, 90);
  table.put(5, 90);
  CHECK(table.is_beyond(newest, 4, 1));
}

TEST_CASE("the last shard that there can be ends with its table") {
  receipt_table table;
  table.put(65'534, 90);
  table.put(65'535, 10);
  newest_receipts newest;
  CHECK_FALSE(table.is_beyond(newest, 65'535, 10));
  CHECK(table.is_beyond(newest, 65'535, 11));
}

TEST_CASE("what was noted counts, and something earlier changes nothing") {
  receipt_table table;
  table.put(3, 10);
  newest_receipts newest;
  REQUIRE(table.is_beyond(newest, 3, 30));
  newest.note(shard_id(3), receipt_table::id_of(30));
  newest.note(shard_id(3), receipt_table::id_of(20));
  CHECK_FALSE(table.is_beyond(newest, 3, 25));
  CHECK_FALSE(table.is_beyond(newest, 3, 30));
  CHECK(table.is_beyond(newest, 3, 31));
}

TEST_CASE("what was noted of a shard before it is asked for is found when it is") {
  receipt_table table;
  table.put(3, 10);
  newest_receipts newest;
  newest.note(shard_id(3), receipt_table::id_of(5));
  CHECK_FALSE(table.is_beyond(newest, 3, 10));
}

} // namespace tusker
