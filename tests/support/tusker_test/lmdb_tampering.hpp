#pragma once

#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker/persistence/verify_report.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace tusker::sample {

/// Changes a table of an LMDB environment that nobody has open: `change(transaction, table)`.
template <class Change>
void tamper(const std::filesystem::path& folder, const char* table, const Change& change) {
  MDB_env* raw = nullptr;
  REQUIRE(mdb_env_create(&raw) == MDB_SUCCESS);
  auto env = lmdb_env(raw);
  REQUIRE(mdb_env_set_maxdbs(raw, 32) == MDB_SUCCESS);
  REQUIRE(mdb_env_open(raw, folder.c_str(), 0, 0600) == MDB_SUCCESS);
  auto transaction = must(lmdb_transaction::begin(raw, 0));
  MDB_dbi dbi = 0;
  REQUIRE(mdb_dbi_open(transaction.get(), table, 0, &dbi) == MDB_SUCCESS);
  change(transaction, dbi);
  auto committed = std::move(transaction).commit();
  REQUIRE(committed);
}

/// The last entry of a table.
inline auto last_entry(const lmdb_transaction& transaction, MDB_dbi table)
    -> std::pair<std::string, std::string> {
  auto cursor = must(lmdb_cursor::open(transaction, table));
  REQUIRE(must(cursor.move(MDB_LAST)));
  return {std::string(cursor.key()), std::string(cursor.value())};
}

// What befalls the last entry of a table.
inline void change_last(const std::filesystem::path& folder, const std::string& table) {
  tamper(folder, table.c_str(), [](const auto& transaction, MDB_dbi dbi) {
    auto [key, value] = last_entry(transaction, dbi);
    value.back() = static_cast<char>(value.back() ^ 1);
    REQUIRE(lmdb_put(transaction, dbi, key, value));
  });
}
/// It lies under another key.
inline void move_last(const std::filesystem::path& folder, const std::string& table) {
  tamper(folder, table.c_str(), [](const auto& transaction, MDB_dbi dbi) {
    auto [key, value] = last_entry(transaction, dbi);
    REQUIRE(lmdb_erase(transaction, dbi, key));
    key.back() = static_cast<char>(key.back() ^ 1);
    REQUIRE(lmdb_put(transaction, dbi, key, value));
  });
}
inline void lose_last(const std::filesystem::path& folder, const std::string& table) {
  tamper(folder, table.c_str(), [](const auto& transaction, MDB_dbi dbi) {
    REQUIRE(lmdb_erase(transaction, dbi, last_entry(transaction, dbi).first));
  });
}

inline auto has_fault_in(const verify_report& report, std::string_view table) -> bool {
  return std::any_of(report.faults.begin(), report.faults.end(),
                     [&](const auto& fault) { return fault.table == table; });
}

} // namespace tusker::sample
