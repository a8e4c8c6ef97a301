#include <tusker/bench/raw_book.hpp>

#include <tusker/bench/book_projection.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/crc32c.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <cstring>
#include <optional>
#include <string>
#include <utility>

namespace tusker::bench {

namespace {

constexpr std::string_view offset_key = "offset";
constexpr std::size_t crc_bytes = sizeof(std::uint32_t);
// A row ends with the name of its status, which is all of it that changes.
constexpr std::string_view status_member = R"(,"status":")";
constexpr std::string_view row_end = R"("})";

struct raw_tables {
  MDB_dbi rows = 0;
  MDB_dbi offsets = 0;
};

auto open_tables(const raw_environment& env) -> result<raw_tables> {
  auto rows = env.table("rows", 0);
  auto offsets = rows ? env.table("offsets", 0) : rows;
  if (!offsets)
    return fail(offsets.error());
  return raw_tables{*rows, *offsets};
}

/// A row up to the name of its status.
void put_front(std::string& row, const raw_order_event& event) {
  row.assign(crc_bytes, '\0');
  row.append(R"({"order":")").append(event.order).append(R"(","customer":")").append(event.customer);
  row.append(R"(","total":)").append(std::to_string(event.total)).append(status_member);
}

void put_end(std::string& row, order_standing status) {
  row.append(name_of(status)).append(row_end);
}

auto checksum_of(std::string_view key, std::string_view row) -> std::uint32_t {
  return crc32c(row.substr(crc_bytes), crc32c(key));
}

auto is_intact(std::string_view key, std::string_view row) -> bool {
  std::uint32_t stored = 0;
  if (row.size() < crc_bytes)
    return false;
  std::memcpy(&stored, row.data(), crc_bytes);
  return stored == checksum_of(key, row);
}

/// Writes what one event changes. Rows are changed in the transaction, whose pages are in memory.
class row_writer {
public:
  row_writer(const lmdb_transaction& transaction, MDB_dbi rows) : transaction_(transaction), rows_(rows) {}

  void take(const raw_order_event& event) {
    if (!outcome_)
      return;
    if (event.status == order_standing::created)
      put_front(row_, event);
    else if (!load_front(event.order))
      return;
    put_end(row_, event.status);
    auto crc = checksum_of(event.order, row_);
    std::memcpy(row_.data(), &crc, crc_bytes);
    outcome_ = lmdb_put(transaction_, rows_, event.order, row_);
  }

  [[nodiscard]] auto outcome() const -> const result<void>& { return outcome_; }

private:
  auto load_front(std::string_view key) -> bool {
    auto found = lmdb_get(transaction_, rows_, key);
    auto status =
        found && *found && is_intact(key, **found) ? (*found)->rfind(status_member) : std::string_view::npos;
    if (status == std::string_view::npos) {
      outcome_ = found ? fail(journal_errc::corrupt, "a row is missing or damaged") : fail(found.error());
      return false;
    }
    row_.assign((*found)->substr(0, status + status_member.size()));
    return true;
  }

  const lmdb_transaction& transaction_;
  MDB_dbi rows_;
  std::string row_;
  result<void> outcome_;
};

auto project_next(const raw_history& history, const raw_environment& env, const raw_tables& tables,
                  std::uint64_t after, std::uint64_t events_max) -> result<std::uint64_t> {
  auto transaction = env.begin(0);
  if (!transaction)
    return fail(transaction.error());
  row_writer writer(*transaction, tables.rows);
  auto read =
      history.read(after, events_max, [&writer](const raw_order_event& event) { writer.take(event); });
  if (!read || *read == 0)
    return read;
  if (!writer.outcome())
    return fail(writer.outcome().error());
  auto offset = std::move(byte_writer().little(after + *read)).take();
  if (auto put = lmdb_put(*transaction, tables.offsets, offset_key, offset); !put)
    return fail(put.error());
  return std::move(*transaction).commit().map([&] { return *read; });
}

} // namespace

auto project_raw(const raw_history& history, const std::filesystem::path& folder,
                 std::uint64_t events_per_commit) -> result<std::uint64_t> {
  auto env = raw_environment::make(folder, MDB_NORDAHEAD | MDB_NOMETASYNC);
  auto tables = env ? open_tables(*env) : fail(env.error());
  if (!tables)
    return fail(tables.error());
  std::uint64_t offset = 0;
  for (;;) {
    auto read = project_next(history, *env, *tables, offset, events_per_commit);
    if (!read)
      return read;
    if (*read == 0)
      return offset;
    offset += *read;
  }
}

auto totals_of_raw_book(const std::filesystem::path& folder) -> result<book_totals> {
  auto env = raw_environment::look_into(folder);
  auto table = env ? env->table("rows", 0) : fail(env.error());
  auto transaction = table ? env->begin(MDB_RDONLY) : fail(table.error());
  auto cursor = transaction ? lmdb_cursor::open(*transaction, *table) : fail(transaction.error());
  if (!cursor)
    return fail(cursor.error());
  book_totals totals;
  auto found = cursor->move(MDB_FIRST);
  for (; found && *found; found = cursor->move(MDB_NEXT)) {
    if (!is_intact(cursor->key(), cursor->value()))
      return fail(journal_errc::corrupt, "a row is damaged");
    auto row = decode<book_row>(cursor->value().substr(crc_bytes));
    if (!row)
      return fail(row.error());
    totals.add(row->total, row->status);
  }
  return found.map([&](bool) { return totals; });
}

} // namespace tusker::bench
