#include <tusker/persistence/apply_rows.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/direct_commits.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_row_writer.hpp>
#include <tusker/persistence/lmdb_system.hpp>

#include <string>
#include <utility>

namespace tusker {

namespace {

/// Keys that only ever come behind all others of their table: LMDB fills the pages then.
auto is_appended(const lmdb_table_name& table) -> bool {
  return table.table == &lmdb_tables::events || table.table == &lmdb_tables::stream_names;
}

/// Puts the rows of a table where LMDB has them.
class row_applier {
public:
  row_applier(lmdb_row_writer& into, MDB_dbi table, bool is_append)
      : into_(into), table_(table), new_row_(is_append ? MDB_APPEND : MDB_NOOVERWRITE) {}

  auto apply(const tail_rows::cursor& row) -> result<void> {
    switch (row.kind()) {
    case row_change_kind::put:
      return into_.put(table_, row.key(), row.value());
    case row_change_kind::put_new:
      return into_.put(table_, row.key(), row.value(), new_row_);
    case row_change_kind::erase:
      return into_.erase(table_, row.key());
    }
    return fail(journal_errc::corrupt, "a row of the commit log has no kind that is known");
  }

private:
  lmdb_row_writer& into_;
  MDB_dbi table_;
  unsigned new_row_;
};

/// The newest version of each row of a table, in the order of keys, which is LMDB's: most are beside the one before.
auto apply_table(row_applier into, tail_rows::cursor row, std::atomic<std::uint64_t>* progress)
    -> result<void> {
  for (auto found = row.seek({}); found; found = row.next()) {
    if (auto applied = into.apply(row); !applied)
      return applied;
    if (progress != nullptr)
      progress->fetch_add(row.key().size() + row.value().size(), std::memory_order_relaxed);
  }
  return {};
}

auto apply_tables(const lmdb_transaction& transaction, const lmdb_tables& tables, const rows_to_apply& what)
    -> result<void> {
  lmdb_row_writer into(transaction);
  for (std::uint8_t place = 0; const auto& entry : lmdb_table_names) {
    auto applied = apply_table({into, tables.*entry.table, is_appended(entry)},
                               tail_rows::cursor(what.rows, place++, what.last), what.progress);
    if (!applied)
      return applied;
  }
  return {};
}

auto apply_once(const lmdb_store& store, const rows_to_apply& what) -> result<void> {
  auto transaction = lmdb_transaction::begin(store.env.get(), 0);
  if (!transaction)
    return fail(transaction.error());
  if (auto applied = apply_tables(*transaction, store.tables, what); !applied)
    return applied;
  auto last = std::move(byte_writer().little(what.last)).take();
  if (auto put = put_system(*transaction, store.tables, system_key::logged, last); !put)
    return put;
  if (what.announce)
    what.announce(mdb_txn_id(transaction->get()));
  return commit_whole(store.env.get(), std::move(*transaction));
}

} // namespace

auto apply_rows(const lmdb_store& store, std::uint64_t map_bytes_max, const rows_to_apply& what)
    -> result<void> {
  return store.readers->with_room(map_bytes_max, [&] { return apply_once(store, what); });
}

auto applied_batch(const journal_rows& rows, const lmdb_tables& tables) -> result<std::uint64_t> {
  auto value = rows.find(tables.system, system_key::logged);
  if (!value)
    return fail(value.error());
  if (!*value)
    return 0;
  byte_reader in(unframe(system_key::logged, **value).value_or(std::string_view()));
  auto last = in.little<std::uint64_t>();
  if (!in.is_finished())
    return fail(journal_errc::corrupt, "the entry 'logged' of table 'sys' is damaged");
  return last;
}

auto applied_batch_of(const lmdb_store& store) -> result<std::uint64_t> {
  auto read = store.readers->begin();
  return read ? applied_batch(read->transaction, store.tables) : fail(read.error());
}

} // namespace tusker
