#include <tusker/persistence/lmdb_read_system.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_read_environment.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace tusker {

namespace {

constexpr std::string_view format_name = "format";
constexpr std::string_view journal_name = "journal";
/// The last numbers: of models, of tables.
constexpr std::string_view last_name = "last";

auto get(const lmdb_transaction& transaction, const lmdb_read_tables& tables, std::string_view name)
    -> result<std::string_view> {
  auto value = lmdb_get(transaction, tables.system, name);
  if (!value)
    return fail(value.error());
  auto body = *value ? unframe(name, **value) : std::nullopt;
  if (!body)
    return fail(journal_errc::corrupt,
                "the entry '" + std::string(name) + "' of table 'sys' is damaged or missing");
  return *body;
}

auto put(const lmdb_transaction& transaction, const lmdb_read_tables& tables, std::string_view name,
         const byte_writer& body) -> result<void> {
  return lmdb_put(transaction, tables.system, name, frame(name, body.view()));
}

} // namespace

auto get_read_system(const lmdb_transaction& transaction, const lmdb_read_tables& tables)
    -> result<read_system> {
  read_system system;
  auto format = get(transaction, tables, format_name);
  if (!format)
    return fail(format.error());
  system.format = byte_reader(*format).little<std::uint32_t>();
  if (system.format != read_store_format_version)
    return system;
  auto journal = get(transaction, tables, journal_name);
  auto last = get(transaction, tables, last_name);
  if (!journal || !last)
    return fail(journal ? last.error() : journal.error());
  byte_reader(*journal).raw(system.journal.bytes);
  byte_reader numbers(*last);
  system.last_model = model_number(numbers.little<std::uint64_t>());
  system.last_table = table_number(numbers.little<std::uint64_t>());
  return system;
}

auto put_read_system(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                     const read_system& system) -> result<void> {
  if (auto done = put(transaction, tables, format_name, byte_writer().little(system.format)); !done)
    return done;
  if (auto done = put(transaction, tables, journal_name, byte_writer().raw(system.journal.bytes)); !done)
    return done;
  return put(transaction, tables, last_name,
             byte_writer().little(system.last_model.value()).little(system.last_table.value()));
}

} // namespace tusker
