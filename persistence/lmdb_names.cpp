#include <tusker/persistence/lmdb_names.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <utility>

namespace tusker {

namespace {

auto by_name(name_kind kind, std::string_view name) -> std::string {
  return std::string(1, static_cast<char>(kind)).append(name);
}

/// Upper case, so that a kind's numbers stand in a range of their own.
auto number_prefix(name_kind kind) -> char {
  return static_cast<char>(static_cast<char>(kind) - 'a' + 'A');
}

auto by_number(name_kind kind, name_number number) -> std::string {
  return std::move(byte_writer().bytes(std::string(1, number_prefix(kind))).big(number.value())).take();
}

/// The highest number given so far; 0 when none was.
auto last_number(const journal_rows& rows, const lmdb_tables& tables, name_kind kind) -> result<name_number> {
  auto cursor = row_cursor::open(rows, tables.names);
  if (!cursor)
    return fail(cursor.error());
  auto past = std::string(1, static_cast<char>(number_prefix(kind) + 1));
  auto found = cursor->seek_before(past);
  if (!found)
    return fail(found.error());
  if (!*found || cursor->key().front() != number_prefix(kind))
    return name_number(0);
  return name_number(byte_reader(cursor->key().substr(1)).big<std::uint32_t>());
}

} // namespace

auto find_name(const journal_rows& rows, const lmdb_tables& tables, name_kind kind, std::string_view name)
    -> result<std::optional<name_number>> {
  auto key = by_name(kind, name);
  auto value = rows.find(tables.names, key);
  if (!value)
    return fail(value.error());
  if (!*value)
    return std::nullopt;
  auto body = unframe(key, **value);
  if (!body)
    return fail(journal_errc::corrupt, "the entry of '" + std::string(name) + "' in table 'name' is damaged");
  return name_number(byte_reader(*body).little<std::uint32_t>());
}

auto intern_name(const journal_rows& rows, const lmdb_tables& tables, name_kind kind, std::string_view name)
    -> result<name_number> {
  auto present = find_name(rows, tables, kind, name);
  if (!present || *present)
    return present.map([](const auto& number) { return *number; });
  auto last = last_number(rows, tables, kind);
  if (!last)
    return last;
  auto number = last->next();
  auto forward = by_name(kind, name);
  auto body = std::move(byte_writer().little(number.value())).take();
  if (auto put = rows.put_new(tables.names, forward, frame(forward, body)); !put)
    return fail(put.error());
  auto backward = by_number(kind, number);
  if (auto put = rows.put_new(tables.names, backward, frame(backward, name)); !put)
    return fail(put.error());
  return number;
}

auto name_cache::name_of(const journal_rows& rows, const lmdb_tables& tables, name_kind kind,
                         name_number number) -> result<const std::string*> {
  auto place = (std::uint64_t{static_cast<unsigned char>(kind)} << 32U) | number.value();
  {
    std::shared_lock lock(mutex_);
    if (auto found = names_.find(place); found != names_.end())
      return &found->second;
  }
  auto key = by_number(kind, number);
  auto value = rows.find(tables.names, key);
  if (!value)
    return fail(value.error());
  auto name = *value ? unframe(key, **value) : std::nullopt;
  if (!name)
    return fail(journal_errc::corrupt,
                "name number " + std::to_string(number.value()) + " in table 'name' is damaged or missing");
  std::unique_lock lock(mutex_);
  return &names_.emplace(place, *name).first->second;
}

} // namespace tusker
