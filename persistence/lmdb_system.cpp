#include <tusker/persistence/lmdb_system.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_streams.hpp>

#include <string>
#include <utility>

namespace tusker {

auto put_system(const journal_rows& rows, const lmdb_tables& tables, std::string_view key,
                std::string_view body) -> result<void> {
  return rows.put(tables.system, key, frame(key, body));
}

auto get_system(const journal_rows& rows, const lmdb_tables& tables, std::string_view key)
    -> result<std::string_view> {
  auto value = rows.find(tables.system, key);
  if (!value)
    return fail(value.error());
  auto body = *value ? unframe(key, **value) : std::nullopt;
  if (!body)
    return fail(journal_errc::corrupt,
                "the entry '" + std::string(key) + "' of table 'sys' is damaged or missing");
  return *body;
}

auto put_applied(const journal_rows& rows, const lmdb_tables& tables, log_offset applied) -> result<void> {
  return put_system(rows, tables, system_key::applied,
                    std::move(byte_writer().little(applied.value())).take());
}

auto get_applied(const journal_rows& rows, const lmdb_tables& tables) -> result<log_offset> {
  auto body = get_system(rows, tables, system_key::applied);
  if (!body)
    return fail(body.error());
  byte_reader in(*body);
  auto applied = log_offset(in.little<std::uint64_t>());
  if (!in.is_finished())
    return fail(journal_errc::corrupt, "the entry 'applied' of table 'sys' is damaged");
  return applied;
}

auto check_applied(const journal_rows& rows, const lmdb_tables& tables) -> result<void> {
  auto applied = get_applied(rows, tables);
  if (!applied)
    return fail(applied.error());
  auto last = last_offset(rows, tables);
  if (!last)
    return fail(last.error());
  if (*last != *applied)
    return fail(journal_errc::corrupt, "table 'ev' ends at offset " + std::to_string(last->value()) +
                                           ", table 'sys' says " + std::to_string(applied->value()));
  return {};
}

} // namespace tusker
