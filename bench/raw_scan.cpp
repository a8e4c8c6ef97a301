#include <tusker/bench/raw_scan.hpp>

#include <tusker/persistence/crc32c.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <cstring>

namespace tusker::bench {

namespace {

auto is_intact(const MDB_val& key, const MDB_val& value) -> bool {
  std::uint32_t stored = 0;
  if (value.mv_size < sizeof(stored))
    return false;
  std::memcpy(&stored, value.mv_data, sizeof(stored));
  return crc32c(to_view(value).substr(sizeof(stored)), crc32c(to_view(key))) == stored;
}

} // namespace

auto scan_checksums(const raw_environment& env, MDB_dbi events) -> result<std::uint64_t> {
  auto transaction = env.begin(MDB_RDONLY);
  if (!transaction)
    return fail(transaction.error());
  MDB_cursor* cursor = nullptr;
  if (auto code = mdb_cursor_open(transaction->get(), events, &cursor); code != MDB_SUCCESS)
    return fail(lmdb_error(code, "no cursor"));
  std::uint64_t count = 0;
  MDB_val key{};
  MDB_val value{};
  auto code = mdb_cursor_get(cursor, &key, &value, MDB_FIRST);
  for (; code == MDB_SUCCESS && is_intact(key, value); code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT))
    ++count;
  mdb_cursor_close(cursor);
  if (code == MDB_NOTFOUND)
    return count;
  return fail(code == MDB_SUCCESS ? error(journal_errc::corrupt, "an event is damaged")
                                  : lmdb_error(code, "the scan failed"));
}

} // namespace tusker::bench
