#include <tusker/persistence/lmdb_log_scan.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/lmdb_names.hpp>

#include <string>
#include <vector>

namespace tusker {

namespace {

auto numbers_of(const lmdb_transaction& transaction, const lmdb_tables& tables, name_kind kind,
                const std::vector<std::string>& names)
    -> result<std::optional<std::unordered_set<std::uint32_t>>> {
  if (names.empty())
    return std::nullopt;
  std::unordered_set<std::uint32_t> numbers;
  for (const auto& name : names) {
    auto number = find_name(transaction, tables, kind, name);
    if (!number)
      return fail(number.error());
    if (*number)
      numbers.insert((*number)->value());
  }
  return numbers;
}

} // namespace

auto header_filter::make(const lmdb_transaction& transaction, const lmdb_tables& tables,
                         const log_filter& filter) -> result<header_filter> {
  auto types = numbers_of(transaction, tables, name_kind::event_type, filter.types);
  if (!types)
    return fail(types.error());
  auto categories = numbers_of(transaction, tables, name_kind::category, filter.categories);
  if (!categories)
    return fail(categories.error());
  header_filter made;
  made.types_ = std::move(*types);
  made.categories_ = std::move(*categories);
  for (auto shard : filter.shards)
    made.shards_.insert(shard.value());
  return made;
}

auto header_filter::passes(const event_header& header) const -> bool {
  return (!types_ || types_->contains(header.type.value())) &&
         (!categories_ || categories_->contains(header.category.value())) &&
         (shards_.empty() || shards_.contains(header.shard.value()));
}

auto log_scan::begin(const lmdb_transaction& transaction, const lmdb_tables& tables, log_offset after)
    -> result<log_scan> {
  auto cursor = lmdb_cursor::open(transaction, tables.events);
  if (!cursor)
    return fail(cursor.error());
  return log_scan(std::move(*cursor), after);
}

auto log_scan::next() -> result<std::optional<event_record>> {
  auto wanted = offset_.next();
  auto found = started_ ? cursor_.move(MDB_NEXT) : cursor_.seek(event_key(wanted));
  if (!found)
    return fail(found.error());
  if (!*found)
    return std::nullopt;
  started_ = true;
  if (offset_of_event_key(cursor_.key()) != wanted)
    return fail(journal_errc::corrupt,
                "the event at offset " + std::to_string(wanted.value()) + " is missing");
  auto record = decode_event_record(wanted, cursor_.value());
  if (!record)
    return fail(journal_errc::corrupt,
                "the event at offset " + std::to_string(wanted.value()) + " is damaged");
  offset_ = wanted;
  return record;
}

} // namespace tusker
