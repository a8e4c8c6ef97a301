#include <tusker/bench/table_content.hpp>

namespace tusker::bench {

auto content_of(const raw_environment& env, const char* table) -> result<table_content> {
  auto opened = env.table(table, 0);
  auto transaction = opened ? env.begin(MDB_RDONLY) : fail(opened.error());
  auto cursor = transaction ? lmdb_cursor::open(*transaction, *opened) : fail(transaction.error());
  if (!cursor)
    return fail(cursor.error());
  table_content content;
  auto is_there = cursor->move(MDB_FIRST);
  for (; is_there && *is_there; is_there = cursor->move(MDB_NEXT)) {
    ++content.rows;
    content.bytes += cursor->key().size() + cursor->value().size();
  }
  if (!is_there)
    return fail(is_there.error());
  return content;
}

} // namespace tusker::bench
