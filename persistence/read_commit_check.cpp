#include <tusker/persistence/read_commit_check.hpp>

#include <tusker/model/nearest_name.hpp>
#include <tusker/model/ordered_key.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/checkpoint_entry.hpp>
#include <tusker/persistence/read_store_errc.hpp>

#include <algorithm>
#include <string>
#include <variant>

namespace tusker {

namespace {

auto check_name(std::string_view what, std::string_view name, std::size_t bytes_max) -> result<void> {
  constexpr unsigned char last_control = 0x1F;
  if (name.empty())
    return fail(read_store_errc::invalid, std::string(what) + " has no name");
  if (std::any_of(name.begin(), name.end(),
                  [](char byte) { return static_cast<unsigned char>(byte) <= last_control; }))
    return fail(read_store_errc::invalid,
                "the name " + tusker::quoted(name) + " of " + std::string(what) + " has a control character");
  if (name.size() > bytes_max)
    return fail(read_store_errc::too_large, "the name " + tusker::quoted(name) + " of " + std::string(what) +
                                                " has " + std::to_string(name.size()) + " bytes, at most " +
                                                std::to_string(bytes_max) + " are allowed");
  return {};
}

/// For a limit that something of a table is past.
auto past_limit(std::string_view table, std::string_view what, std::size_t actual, std::string_view limit,
                std::size_t most) -> tl::unexpected<error> {
  return fail(read_store_errc::too_large, "table " + tusker::quoted(table) + ": " + std::string(what) + " " +
                                              std::to_string(actual) + ", " + std::string(limit) + " is " +
                                              std::to_string(most));
}

auto check_key(std::string_view table, std::string_view key) -> result<void> {
  if (key.size() > key_bytes_max)
    return past_limit(table, "the bytes of a key are", key.size(), "key_bytes_max", key_bytes_max);
  return {};
}

auto check_indexes(const put_row& put) -> result<void> {
  if (put.indexes.size() > row_indexes_max)
    return past_limit(put.table, "the index entries of a row are", put.indexes.size(), "row_indexes_max",
                      row_indexes_max);
  for (const auto& entry : put.indexes) {
    if (auto named = check_name("an index", entry.index, table_name_bytes_max); !named)
      return named;
    auto bytes = put.key.size() + ordered_text_bytes(entry.key);
    if (bytes > key_bytes_max)
      return past_limit(put.table,
                        "the bytes of a key of index " + tusker::quoted(entry.index) + " and the row's are",
                        bytes, "key_bytes_max", key_bytes_max);
  }
  return {};
}

struct write_check {
  const read_store_limits& limits;

  auto operator()(const put_row& put) const -> result<void> {
    if (auto checked = check_key(put.table, put.key); !checked)
      return checked;
    if (put.value.size() > limits.value_bytes_max)
      return past_limit(put.table, "the bytes of a value are", put.value.size(), "value_bytes_max",
                        limits.value_bytes_max);
    return check_indexes(put);
  }
  auto operator()(const erase_row& erase) const -> result<void> { return check_key(erase.table, erase.key); }
  auto operator()(const clear_table& /*clear*/) const -> result<void> { return {}; }
};

} // namespace

auto check_projection_name(std::string_view name) -> result<void> {
  return check_name("a projection", name, projection_name_bytes_max);
}

auto check_checkpoint_name(std::string_view name) -> result<void> {
  return check_name("a checkpoint", name, checkpoint_name_bytes_max);
}

auto check_read_write(const read_write& write, const read_store_limits& limits) -> result<void> {
  if (auto named = check_name("a table", table_of(write), table_name_bytes_max); !named)
    return named;
  return std::visit(write_check{limits}, write);
}

auto check(const read_commit& step, const read_store_limits& limits) -> result<void> {
  if (step.to < step.from)
    return fail(read_store_errc::invalid, "a commit of projection " + tusker::quoted(step.projection) +
                                              " goes back from offset " + std::to_string(step.from.value()) +
                                              " to " + std::to_string(step.to.value()));
  std::size_t entries = 0;
  std::size_t bytes = 0;
  for (const auto& write : step.writes) {
    const auto& table = table_of(write);
    if (auto checked = check_read_write(write, limits); !checked)
      return checked;
    entries += entries_in(write);
    if (entries > limits.commit_entries_max)
      return past_limit(table, "the rows and index entries of the commit are, up to here,", entries,
                        "commit_entries_max", limits.commit_entries_max);
    bytes += size_of(write);
    if (bytes > limits.commit_bytes_max)
      return past_limit(table, "the bytes of the commit are, up to here,", bytes, "commit_bytes_max",
                        limits.commit_bytes_max);
  }
  return {};
}

auto refusal_of(const read_commit& step, const std::optional<projection_entry>& projection)
    -> std::optional<commit_verdict> {
  const auto* model = projection ? projection->model(step.model) : nullptr;
  if (model == nullptr)
    return model_gone{};
  if (auto current = projection->epoch_of(step.log); current != step.owner)
    return fenced{current};
  if (auto actual = model->offset_of(step.log); actual != step.from)
    return offset_mismatch{actual};
  return std::nullopt;
}

auto check_table_count(std::string_view table, std::size_t tables) -> result<void> {
  if (tables > model_tables_max)
    return past_limit(table, "with it the tables of the model are", tables, "model_tables_max",
                      model_tables_max);
  return {};
}

auto check_index_count(std::string_view table, std::size_t indexes) -> result<void> {
  if (indexes > table_indexes_max)
    return past_limit(table, "the indexes of the table are", indexes, "table_indexes_max", table_indexes_max);
  return {};
}

auto unknown_projection(std::string_view name) -> error {
  return {read_store_errc::unknown_projection, "there is no projection " + tusker::quoted(name)};
}

auto unknown_model(model_number model) -> error {
  return {read_store_errc::unknown_model,
          "there is no model " + std::to_string(model.value()) + ": another one may serve by now"};
}

auto index_without_rows(std::string_view table, std::string_view index, std::span<const std::string> known)
    -> error {
  return {
      read_store_errc::unknown_index,
      "no row of table " + tusker::quoted(table) + " is in index " + tusker::quoted(index) +
          name_hint(index, known) +
          ". Rows that were made before their table had an index are not in it: rebuild the projection, or "
          "raise its version"};
}

} // namespace tusker
