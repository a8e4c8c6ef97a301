#include <tusker/persistence/lmdb_read_directory.hpp>

#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_read_keys.hpp>
#include <tusker/persistence/lmdb_read_system.hpp>
#include <tusker/persistence/read_write.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

auto damaged(std::string_view table) -> error {
  return {journal_errc::corrupt, "an entry of table '" + std::string(table) + "' is damaged or missing"};
}

/// Takes a framed value apart by `decode`. Errors: `corrupt`.
template <class Decode>
auto decoded(std::string_view table, std::string_view key, std::string_view value, const Decode& decode)
    -> result<typename decltype(decode(value))::value_type> {
  auto body = unframe(key, value);
  auto content = body ? decode(*body) : std::nullopt;
  if (!content)
    return fail(damaged(table));
  return std::move(*content);
}

/// The entry under `key` of a table, if there is one.
template <class Decode>
auto find(const lmdb_transaction& transaction, MDB_dbi table, std::string_view name, std::string_view key,
          const Decode& decode) -> result<decltype(decode(key))> {
  auto value = lmdb_get(transaction, table, key);
  if (!value)
    return fail(value.error());
  if (!*value)
    return std::nullopt;
  auto content = decoded(name, key, **value, decode);
  if (!content)
    return fail(content.error());
  return std::move(*content);
}

/// Calls `take(key, value)`, which returns `result<void>`, for each entry whose key begins with `prefix`.
template <class Take>
auto for_each(const lmdb_transaction& transaction, MDB_dbi table, std::string_view prefix, const Take& take)
    -> result<void> {
  auto cursor = lmdb_cursor::open(transaction, table);
  if (!cursor)
    return fail(cursor.error());
  // LMDB refuses an empty key.
  auto found = prefix.empty() ? cursor->move(MDB_FIRST) : cursor->seek(prefix);
  for (; found && *found && cursor->key().starts_with(prefix); found = cursor->move(MDB_NEXT))
    if (auto taken = take(cursor->key(), cursor->value()); !taken)
      return taken;
  return found ? result<void>() : fail(found.error());
}

auto with_models(const lmdb_transaction& transaction, const lmdb_read_tables& tables, std::string_view name,
                 const stored_projection& stored) -> result<projection_entry> {
  projection_entry entry;
  entry.name = name;
  entry.mode = stored.mode;
  entry.last_error = stored.last_error;
  entry.epochs = stored.epochs;
  auto serving = find_model_entry(transaction, tables, stored.serving);
  if (!serving)
    return fail(serving.error());
  if (!*serving)
    return fail(damaged("model"));
  entry.serving = std::move(**serving);
  if (stored.building == model_number())
    return entry;
  auto building = find_model_entry(transaction, tables, stored.building);
  if (!building)
    return fail(building.error());
  if (!*building)
    return fail(damaged("model"));
  entry.building = std::move(*building);
  return entry;
}

} // namespace

auto find_stored_projection(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                            std::string_view name) -> result<std::optional<stored_projection>> {
  // No projection has such a name, and LMDB refuses such keys.
  if (name.empty() || name.size() > projection_name_bytes_max)
    return std::nullopt;
  return find(transaction, tables.projections, "proj", name, decode_projection);
}

auto put_stored_projection(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                           std::string_view name, const stored_projection& projection) -> result<void> {
  return lmdb_put(transaction, tables.projections, name, frame(name, encode_projection(projection)));
}

auto find_projection_entry(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                           std::string_view name) -> result<std::optional<projection_entry>> {
  auto stored = find_stored_projection(transaction, tables, name);
  if (!stored)
    return fail(stored.error());
  if (!*stored)
    return std::nullopt;
  auto entry = with_models(transaction, tables, name, **stored);
  if (!entry)
    return fail(entry.error());
  return std::move(*entry);
}

auto all_projection_entries(const lmdb_transaction& transaction, const lmdb_read_tables& tables)
    -> result<std::vector<projection_entry>> {
  std::vector<projection_entry> all;
  auto add = [&](std::string_view name, std::string_view value) -> result<void> {
    auto stored = decoded("proj", name, value, decode_projection);
    if (!stored)
      return fail(stored.error());
    auto entry = with_models(transaction, tables, name, *stored);
    if (!entry)
      return fail(entry.error());
    all.push_back(std::move(*entry));
    return {};
  };
  if (auto added = for_each(transaction, tables.projections, {}, add); !added)
    return fail(added.error());
  return all;
}

auto find_model_entry(const lmdb_transaction& transaction, const lmdb_read_tables& tables, model_number model)
    -> result<std::optional<model_entry>> {
  auto key = model_key(model);
  auto stored = find(transaction, tables.models, "model", key, decode_model);
  if (!stored)
    return fail(stored.error());
  if (!*stored)
    return std::nullopt;
  model_entry entry;
  entry.number = model;
  entry.version = (*stored)->version;
  auto add = [&entry](std::string_view at, std::string_view value) -> result<void> {
    auto offset = decoded("offset", at, value, decode_offset);
    if (!offset)
      return fail(offset.error());
    if (offset->offset != before_all_events)
      entry.offsets.emplace(log_of_offset_key(at), offset->offset);
    entry.progressed = std::max(entry.progressed, offset->progressed);
    return {};
  };
  if (auto added = for_each(transaction, tables.offsets, key, add); !added)
    return fail(added.error());
  return entry;
}

auto add_model(const lmdb_transaction& transaction, const lmdb_read_tables& tables, const stored_model& model)
    -> result<model_number> {
  auto system = get_read_system(transaction, tables);
  if (!system)
    return fail(system.error());
  system->last_model = system->last_model.next();
  if (auto put = put_read_system(transaction, tables, *system); !put)
    return fail(put.error());
  auto key = model_key(system->last_model);
  if (auto put = lmdb_put(transaction, tables.models, key, frame(key, encode_model(model))); !put)
    return fail(put.error());
  return system->last_model;
}

auto drop_model(const lmdb_transaction& transaction, const lmdb_read_tables& tables, model_number model)
    -> result<void> {
  auto all = tables_of(transaction, tables, model);
  if (!all)
    return fail(all.error());
  for (const auto& [name, table] : *all) {
    if (auto put = put_gone(transaction, tables, table.number); !put)
      return put;
    if (auto erased = lmdb_erase(transaction, tables.tables, table_key(model, name)); !erased)
      return erased;
  }
  std::vector<std::string> offsets;
  auto note = [&offsets](std::string_view key, std::string_view /*value*/) -> result<void> {
    offsets.emplace_back(key);
    return {};
  };
  if (auto noted = for_each(transaction, tables.offsets, model_key(model), note); !noted)
    return noted;
  for (const auto& key : offsets)
    if (auto erased = lmdb_erase(transaction, tables.offsets, key); !erased)
      return erased;
  return lmdb_erase(transaction, tables.models, model_key(model));
}

auto put_offset(const lmdb_transaction& transaction, const lmdb_read_tables& tables, model_number model,
                log_id log, const stored_offset& offset) -> result<void> {
  auto key = offset_key(model, log);
  return lmdb_put(transaction, tables.offsets, key, frame(key, encode_offset(offset)));
}

auto find_table(const lmdb_transaction& transaction, const lmdb_read_tables& tables, model_number model,
                std::string_view name) -> result<std::optional<stored_table>> {
  if (name.size() > table_name_bytes_max)
    return std::nullopt;
  return find(transaction, tables.tables, "table", table_key(model, name), decode_table);
}

auto put_table(const lmdb_transaction& transaction, const lmdb_read_tables& tables, model_number model,
               std::string_view name, const stored_table& table) -> result<void> {
  auto key = table_key(model, name);
  return lmdb_put(transaction, tables.tables, key, frame(key, encode_table(table)));
}

auto tables_of(const lmdb_transaction& transaction, const lmdb_read_tables& tables, model_number model)
    -> result<std::vector<named_table>> {
  std::vector<named_table> all;
  auto add = [&all](std::string_view key, std::string_view value) -> result<void> {
    auto table = decoded("table", key, value, decode_table);
    if (!table)
      return fail(table.error());
    all.push_back({std::string(name_of_table_key(key)), std::move(*table)});
    return {};
  };
  if (auto added = for_each(transaction, tables.tables, model_key(model), add); !added)
    return fail(added.error());
  return all;
}

auto next_table(const lmdb_transaction& transaction, const lmdb_read_tables& tables) -> result<table_number> {
  auto system = get_read_system(transaction, tables);
  if (!system)
    return fail(system.error());
  system->last_table = system->last_table.next();
  if (auto put = put_read_system(transaction, tables, *system); !put)
    return fail(put.error());
  return system->last_table;
}

auto put_gone(const lmdb_transaction& transaction, const lmdb_read_tables& tables, table_number table)
    -> result<void> {
  auto key = table_prefix(table);
  return lmdb_put(transaction, tables.gone, key, frame(key, {}));
}

} // namespace tusker
